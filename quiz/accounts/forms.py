"""Forms of the account pages."""

from zoneinfo import available_timezones

from wtforms import BooleanField, Form, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length

SCHEMES = [SelectChoice("", "As my device"), SelectChoice("light", "Light"), SelectChoice("dark", "Dark")]


class SignInForm(Form):
    email = StringField("Email", [InputRequired("Enter your email."), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Enter your password."), Length(max=256)])
    keep = BooleanField("Keep me signed in on this device")
    next = HiddenField()


class PreferencesForm(Form):
    scheme = SelectField("Colours", choices=SCHEMES)
    zone = SelectField("Time zone")
    shortcuts = BooleanField("Keyboard shortcuts in quizzes (A to D, N, P, F)")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.zone.choices = [
            SelectChoice(zone) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"
        ]


class PasswordForm(Form):
    current = PasswordField("Current password", [InputRequired("Enter your current password.")])
    password = PasswordField("New password", [InputRequired("Enter a new password."), Length(max=256)])
    again = PasswordField("New password again", [EqualTo("password", "The two new passwords differ.")])

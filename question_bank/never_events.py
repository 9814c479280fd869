"""The never-event list: errors that can do serious harm, each with the number that questions name it by."""

from typing import Final

NEVER_EVENTS: Final[dict[int, str]] = {
    1: "Reusing a cartridge, or a needle, syringe or blood product for a second person",
    2: "Needling through active infection, herpes, cancer or an undiagnosed lesion",
    3: "Chlorhexidine by the eye, or not irrigating an eye splash at once",
    4: "Inside the orbital rim with a device whose label forbids it",
    5: "Not recognising or acting on local anaesthetic toxicity",
    6: "Anaesthetic wrapped, over-applied or on needled skin against its label",
    7: "Anaphylaxis without calling for help and adrenaline first",
    8: "Non-sterile serum under the needles",
    9: "Used cartridges not handled as sharps, or wrong first aid for a needlestick",
    10: "Telling a client to stop a prescribed antithrombotic",
    11: "Proceeding against a contraindication on the device label",
    12: "Ignoring spreading infection, vesicles by the eye or signs of sepsis",
}
"""Point to its words, as editors see them."""

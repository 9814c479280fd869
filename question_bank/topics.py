"""The catalogue: every sub-topic of the five topics, its words, and whether it is safety-critical."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from question_bank.question import Topic


@dataclass(frozen=True)
class Subtopic:
    """A sub-topic as pages show it."""

    label: str
    safety_critical: bool = False


SUBTOPICS: Final[dict[Topic, dict[str, Subtopic]]] = {
    Topic.SKIN_LAYERS: {
        "strata": Subtopic("Strata in order, thin and thick skin"),
        "epidermal-cells": Subtopic("Epidermal cells and pigment"),
        "barrier": Subtopic("Barrier, stratum corneum, turnover"),
        "junction": Subtopic("Dermal-epidermal junction"),
        "papillary-dermis": Subtopic("Papillary dermis"),
        "reticular-dermis": Subtopic("Reticular dermis, collagen, elastin, ageing"),
        "vessels-and-nerves": Subtopic("Vessels and nerves"),
        "hypodermis-and-appendages": Subtopic("Hypodermis and appendages"),
        "regional-thickness": Subtopic("Regional thickness and eyelid", safety_critical=True),
    },
    Topic.MECHANISM: {
        "definitions": Subtopic("Definitions: not ablative, not thermal"),
        "healing-phases": Subtopic("Healing phases, order and timing"),
        "cells-and-growth-factors": Subtopic("Cells and growth factors"),
        "collagen-and-remodelling": Subtopic("Collagen types, remodelling, elastin"),
        "scar-or-regeneration": Subtopic("Scar or regeneration"),
        "channels-and-absorption": Subtopic("Channels, absorption, implantation", safety_critical=True),
        "evidence": Subtopic("Evidence and results by indication"),
        "timeline-and-aftercare": Subtopic("Timeline, interval, reasons for aftercare"),
    },
    Topic.STERILITY: {
        "hand-hygiene": Subtopic("Hand hygiene and protective equipment"),
        "spaulding": Subtopic("Spaulding: sterile, disinfected, sanitised", safety_critical=True),
        "single-use-cartridge": Subtopic("Single-use cartridge, sheath, backflow", safety_critical=True),
        "set-up": Subtopic("Set-up, glide, aseptic flow"),
        "skin-antisepsis": Subtopic("Skin antisepsis and eye safety", safety_critical=True),
        "sharps": Subtopic("Sharps", safety_critical=True),
        "bloodborne-viruses": Subtopic("Bloodborne viruses, exposure, first aid", safety_critical=True),
        "blood-products": Subtopic("Blood products and injection safety", safety_critical=True),
        "infection-reports": Subtopic("Infection reports, atypical infection"),
        "surfaces-and-records": Subtopic("Surfaces, waste, records"),
    },
    Topic.DEPTH_SELECTION: {
        "nominal-and-real": Subtopic("Nominal and real penetration"),
        "depth-to-layer": Subtopic("Depth to layer"),
        "site-choice": Subtopic("Site choice, eyelid and orbital rim", safety_critical=True),
        "indication": Subtopic("Choice by indication"),
        "label-limits": Subtopic("Label limits, who may go how deep", safety_critical=True),
        "technique": Subtopic("Technique: angle, stretch, passes, speed, glide"),
        "end-point": Subtopic("End point and stop signs", safety_critical=True),
        "intervals-and-records": Subtopic("Intervals, repeats, records"),
        "devices": Subtopic("Devices: rollers, pens, stamps, home use, radiofrequency"),
    },
    Topic.CONTRAINDICATIONS: {
        "absolute": Subtopic("Absolute by label, and active disease", safety_critical=True),
        "relative": Subtopic("Relative, and reducing the risk"),
        "medicines": Subtopic("Medicines: isotretinoin, antithrombotics, immunosuppressants", safety_critical=True),
        "infection-and-herpes": Subtopic("Infection and herpes", safety_critical=True),
        "scarring-and-pigment": Subtopic("Scarring, pigment, phototype"),
        "koebner-and-skin-disease": Subtopic("Koebner response and skin disease"),
        "pregnancy-and-nursing": Subtopic("Pregnancy and nursing"),
        "anaesthetic-and-allergy": Subtopic("Anaesthetic, product safety, allergy", safety_critical=True),
        "consultation": Subtopic("Consultation, consent, body dysmorphia, age"),
        "complications": Subtopic("Complications, escalation, emergencies", safety_critical=True),
    },
}
"""Topic to sub-topic slug to its words, in the order of the blueprint."""

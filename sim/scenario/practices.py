"""The practices of a company: the levers of management, each from none to full, and the teams for key aspects.

What a practice does, and the hours it takes, are parameters of the laws (``parameters.py``).
"""

from typing import Annotated

from pydantic import Field, Strict

from sim.scenario.defaults import quantity
from sim.scenario.part import Name, Part


class Practices(Part):
    """The levers, company-wide or of one department: 0 none to 1 full, or how often."""

    involvement: float = quantity(
        0.3, "share", "people take part in what is decided about their work", low=0, high=1, neutral=0.0
    )
    recognition: float = quantity(
        0.3, "share", "good work and initiative are seen and said", low=0, high=1, neutral=0.0
    )
    role_clarity: float = quantity(
        0.4, "share", "people know what their work is for and whom it serves", low=0, high=1, neutral=0.0
    )
    interaction: float = quantity(
        0.3, "share", "managers and staff meet and talk with one another", low=0, high=1, neutral=0.0
    )
    informal_communication: float = quantity(
        0.3, "share", "news, moods and what customers say go sideways, past the hierarchy", low=0, high=1, neutral=0.0
    )
    survey_share: float = quantity(
        0.02, "share", "purchases after which the customer is asked how it was", low=0, high=1, neutral=0.0
    )
    reviews_per_year: float = quantity(
        0.0, "reviews/(person·year)", "those served review how they were treated", low=0, high=50, neutral=0.0
    )
    customer_contacts_per_year: float = quantity(
        0.0, "contacts/(person·year)", "every person meets customers outside", low=0, high=250, neutral=0.0
    )

    def with_own(self, own: "Practices") -> "Practices":
        """The company's practices with those that a department sets for itself."""
        return self.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})


class QualityTeam(Part):
    """People from both sides of some links who meet to mend how one serves the other."""

    name: Name = Field(description="what reports call it")
    links: Annotated[tuple[str, ...], Strict(False)] = Field(min_length=1, description="which: supplier>customer")
    hours_per_month: float = quantity(6.0, "hours/month", "work of each side, on each link", low=0, high=1000)

"""The file that ``customer-chain new`` writes: a small company, every line of which says what it means."""

import json

_TEMPLATE = """\
# A company of three departments, to start from. Change it, then:
#   customer-chain check {file}     is it right, can the company keep up?
#   customer-chain run {file}       simulate it
# All keys with units, ranges and defaults: customer-chain schema --table
name: {name}
title: {{en: A company of three departments, es: Una empresa de tres departamentos}}
question:
  en: Where does a customer's time go, and what do they think of it?
  es: ¿En qué se va el tiempo de un cliente y qué piensa de ello?
source: {{en: Invented to start from, es: Inventada para empezar}}

days: 250            # observed working days of 8 hours; 250 make a year
warm_up_days: 60     # days before them, which count in no result
# psychology: none   # take the first # away, and nobody feels anything: a network of queues

# The customers outside. Each buys in a rhythm of their own: 500 × 4 a year are 8 purchases a day.
# About as many new ones come as are lost in an ordinary year. A purchase brings its price: the company earns a little.
market: {{customers: 500, purchases_per_year: 4, new_customers_per_year: 50, price: 480}}

departments:
  - name: sales
    title: {{en: Sales, es: Ventas}}
    staff: 3                     # people; each does one job at a time
    handling_hours: 1.5          # mean work on one job
    handling_spread: 0.8         # standard deviation / mean of that work
    right_first_time: 0.95       # the others have an error
    errors_noticed: 0.7          # of the errors, before delivery: they are repaired; the others are delivered wrong
  - name: production
    title: {{en: Production, es: Producción}}
    staff: 6
    handling_hours: 4
    handling_spread: 0.6
    intake_share: 0.2            # of the work comes before the job knows what it needs from others
    errors_noticed: 0.8
  - name: it
    title: {{en: IT, es: Informática}}
    staff: 1
    handling_hours: 0.8
    handling_spread: 1.2
    background_jobs_per_day: 2   # work of its own that nobody here asked for

# Who serves whom. Everybody has a customer, and every path ends at the market.
links:
  - {{supplier: sales, customer: market, share: 1, acceptable_wait_hours: 40}}
  # Each order is made; sales waits for it (blocking).
  - {{supplier: production, customer: sales, requests_per_job: 1, blocking: true, acceptable_wait_hours: 24}}
  # IT is asked by both; a machine that stands still comes first (lower priority number).
  # avoidable: whoever was treated badly can do without asking, and works around: longer, and with more errors.
  - {{supplier: it, customer: sales, requests_per_job: 0.2, blocking: false, priority: 2, acceptable_wait_hours: 8,
     avoidable: true}}
  - {{supplier: it, customer: production, requests_per_job: 0.25, blocking: true, acceptable_wait_hours: 4,
     avoidable: true}}

# Two layers: a head on each department, and the chief. One job in ten needs a decision. authoritarian: how managers
# lean, from 0, who asks and listens, to 1, who commands and blames.
management: {{layers: 2, delegation: 0.4, decision_share: 0.1, decision_hours: 0.3, relay_hours: 4, authoritarian: 0.3}}

# What the company does for its people and its customers: 0 nothing, 1 all that can be done. Each takes hours.
practices:
  involvement: 0.3              # people take part in what is decided about their work
  recognition: 0.3              # good work and initiative are seen and said
  role_clarity: 0.4             # people know what their work is for, and whom it serves
  interaction: 0.3              # managers and staff meet and talk with one another
  informal_communication: 0.3   # news go sideways too
  survey_share: 0.02            # one purchase in fifty: the customer is asked how it was

money: {{worker_hour: 25, manager_hour: 50, hire: 5000}}

# What is altered on the way, by observed day. Take the # away to try it.
# changes:
#   - {{day: 120, set: {{departments.it.staff: 2, management.delegation: 0.8}}}}
"""


def template(name: str) -> str:
    """The text of a scenario file of that name; it passes ``check``."""
    # A JSON string is a YAML string too: a name such as "on" or "1" stays a name.
    return _TEMPLATE.format(name=json.dumps(name, ensure_ascii=False), file=f"{name}.yaml")

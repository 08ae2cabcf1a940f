"""The claims of the texts, each tried on this model: a pair of companies, an effect, an interval, a verdict."""

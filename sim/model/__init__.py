"""How a company lives: the graph, luck by key, the SimPy processes, and what is recorded of them."""

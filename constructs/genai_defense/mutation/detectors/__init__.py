"""Who may notice a weakening, each asked about mutants in memory."""

"""The first run: four short steps from an empty computer to a register."""

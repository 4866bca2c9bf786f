"""办理: checklists of joiners, movers and leavers, people down and steps across."""

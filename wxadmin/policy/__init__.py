"""Read the files people may edit (packs, forms, checklists); the user's copy comes first."""

"""A form or register as positioned boxes in millimetres; no Qt, no printer."""

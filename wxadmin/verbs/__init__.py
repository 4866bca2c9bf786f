"""The verbs: every act of the program without a window, one module for one verb."""

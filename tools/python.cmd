@rem Find a Python that is new enough: sets PYTHON, or says what is missing and fails.
@rem Called by run.cmd and test.cmd; a Python of one's own is named by setting PYTHON before.
@if defined PYTHON goto check
@for %%p in ("py -3.11" "py -3.12" "py -3.13" "py -3.14" "python") do @(
  if not defined PYTHON %%~p -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PYTHON=%%~p"
)
@if defined PYTHON exit /b 0
:check
@%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && exit /b 0
@echo Python 3.11 or newer (64 bit) is needed: install it with "Add python.exe to PATH" ticked. 1>&2
@exit /b 1

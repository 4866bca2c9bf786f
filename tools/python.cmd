@rem Find a Python that is new enough: sets PYTHON, or says what is missing and fails.
@rem Called by run.cmd and test.cmd; a Python of one's own is named by setting PYTHON before.
@echo off
if defined PYTHON goto check
call :try py -3.11
call :try py -3.12
call :try py -3.13
call :try py -3.14
call :try python
if defined PYTHON exit /b 0
:missing
echo Python 3.11 or newer (64 bit) is needed: install it with "Add python.exe to PATH" ticked. 1>&2
exit /b 1

:check
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if errorlevel 1 goto missing
exit /b 0

:try
if defined PYTHON exit /b 0
%* -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if errorlevel 1 exit /b 0
set PYTHON=%*
exit /b 0

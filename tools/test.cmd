@rem Prepare this machine and run every check and test; further words go to pytest.
@rem   tools\test.cmd [words for pytest ...]
@echo off
setlocal
call "%~dp0python.cmd"
if errorlevel 1 exit /b 1
%PYTHON% "%~dp0prepare.py" test
if errorlevel 1 exit /b 1
"%~dp0..\.venv\Scripts\python.exe" "%~dp0check.py" %*
exit /b %ERRORLEVEL%

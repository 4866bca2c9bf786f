@rem Prepare this machine and run every check and test; further words go to pytest.
@rem   tools\test.cmd [words for pytest ...]
@echo off
setlocal
call "%~dp0python.cmd" || exit /b 1
%PYTHON% "%~dp0prepare.py" test || exit /b 1
"%~dp0..\.venv\Scripts\python.exe" "%~dp0check.py" %*
exit /b %ERRORLEVEL%

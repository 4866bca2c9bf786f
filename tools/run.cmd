@rem Prepare this machine and start wxadmin: no words open the window, a verb does one act without it.
@rem   tools\run.cmd [verb ...]
@echo off
setlocal
call "%~dp0python.cmd"
if errorlevel 1 exit /b 1
%PYTHON% "%~dp0prepare.py" run
if errorlevel 1 exit /b 1
"%~dp0..\.venv\Scripts\python.exe" "%~dp0..\main.py" %*
exit /b %ERRORLEVEL%

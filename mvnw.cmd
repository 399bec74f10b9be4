@echo off
rem As mvnw: an installed Maven 3.8.6 or newer is used where there is one,
rem otherwise the one named in .mvn\wrapper\maven-wrapper.properties is downloaded once.
setlocal
where mvn >nul 2>nul || goto download
powershell -NoProfile -Command "if ((& mvn -B -v | Out-String) -match 'Apache Maven ([0-9.]+)' -and [version]$Matches[1] -ge [version]'3.8.6') { exit 0 } else { exit 1 }"
if errorlevel 1 goto download
call mvn %*
exit /b %errorlevel%

:download
for /f "tokens=1,* delims==" %%a in (%~dp0.mvn\wrapper\maven-wrapper.properties) do if "%%a"=="distributionUrl" set url=%%b
set url=%url:-bin.tar.gz=-bin.zip%
for %%f in ("%url:/=" "%") do set name=%%~f
set name=%name:-bin.zip=%
set dists=%USERPROFILE%\.m2\wrapper\dists
if not exist "%dists%\%name%\bin\mvn.cmd" (
  echo Downloading %name% 1>&2
  powershell -NoProfile -Command "$ErrorActionPreference = 'Stop'; $zip = Join-Path $env:TEMP '%name%.zip'; Invoke-WebRequest '%url%' -OutFile $zip; Expand-Archive -Force $zip '%dists%'; Remove-Item $zip"
  if errorlevel 1 exit /b 1
)
call "%dists%\%name%\bin\mvn.cmd" %*
exit /b %errorlevel%

/*
 * as-user.exe PROGRAM ARGS...: runs a program with the variables that come as WINDOWS_NAME under NAME, and ends with its
 * status. Wine takes USERPROFILE, TEMP and PATH from its registry, whatever the environment says.
 */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

static const WCHAR prefix[] = L"WINDOWS_";
static const size_t prefix_length = 8;

static void set_variables(void) {
  WCHAR *all = GetEnvironmentStringsW();
  for (WCHAR *entry = all; *entry != 0; entry += wcslen(entry) + 1) {
    WCHAR *end = wcschr(entry + 1, L'=');
    if (end == NULL || wcsncmp(entry, prefix, prefix_length) != 0) continue;
    *end = 0;
    SetEnvironmentVariableW(entry + prefix_length, end + 1);
    SetEnvironmentVariableW(entry, NULL);
    *end = L'=';
  }
  FreeEnvironmentStringsW(all);
}

/* The command line behind its first word, as it stands. */
static WCHAR *rest_of_line(WCHAR *line) {
  int quoted = 0;
  for (; *line != 0 && (quoted || *line != L' '); line++) {
    if (*line == L'"') quoted = !quoted;
  }
  while (*line == L' ') line++;
  return line;
}

/* What the console sends is for the program, whose status tells what becomes of it. */
static BOOL WINAPI outlive(DWORD event) {
  (void)event;
  return TRUE;
}

int wmain(void) {
  STARTUPINFOW startup = {.cb = sizeof startup};
  PROCESS_INFORMATION process;
  DWORD status = 1;
  set_variables();
  SetConsoleCtrlHandler(outlive, TRUE);
  if (!CreateProcessW(NULL, rest_of_line(GetCommandLineW()), NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process)) {
    fprintf(stderr, "as-user: cannot start the program: error %lu\n", GetLastError());
    return 1;
  }
  WaitForSingleObject(process.hProcess, INFINITE);
  GetExitCodeProcess(process.hProcess, &status);
  return (int)status;
}

/*
 * tell.exe ARGS...: prints its arguments, one a line in brackets, as Microsoft's C runtime splits the command line.
 * TELL_FILE names a file that gets them instead, whole once it exists; TELL_VARIABLES names variables, separated by
 * commas, to print as well; TELL_STDERR is written to stderr; TELL_STATUS is the exit status. With TELL_WAIT it ends
 * only after Ctrl-C.
 */
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

int _dowildcard = 0;

static void print(FILE *file, const WCHAR *text) {
  char bytes[32768];
  int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
  if (size > 0) fwrite(bytes, 1, size - 1, file);
}

static HANDLE interrupted;

static BOOL WINAPI interrupt(DWORD event) {
  (void)event;
  return SetEvent(interrupted);
}

int wmain(int count, WCHAR **arguments) {
  const WCHAR *path = _wgetenv(L"TELL_FILE"), *status = _wgetenv(L"TELL_STATUS"), *words = _wgetenv(L"TELL_STDERR");
  WCHAR *names = _wgetenv(L"TELL_VARIABLES"), unfinished[MAX_PATH];
  FILE *file = stdout;
  interrupted = CreateEventW(NULL, TRUE, FALSE, NULL);
  if (_wgetenv(L"TELL_WAIT") != NULL) SetConsoleCtrlHandler(interrupt, TRUE);
  _setmode(_fileno(stdout), _O_BINARY);
  _setmode(_fileno(stderr), _O_BINARY);
  if (path != NULL) {
    swprintf(unfinished, MAX_PATH, L"%ls.part", path);
    file = _wfopen(unfinished, L"wb");
    if (file == NULL) return 99;
  }
  for (int index = 1; index < count; index++) {
    fputc('[', file);
    print(file, arguments[index]);
    fputs("]\n", file);
  }
  if (names != NULL) {
    for (WCHAR *name = wcstok(names = _wcsdup(names), L","); name != NULL; name = wcstok(NULL, L",")) {
      const WCHAR *value = _wgetenv(name);
      print(file, name);
      if (value != NULL) fputc('=', file);
      if (value != NULL) print(file, value);
      fputc('\n', file);
    }
  }
  if (path != NULL) {
    fclose(file);
    _wrename(unfinished, path);
  }
  if (words != NULL) print(stderr, words);
  fflush(NULL);
  if (_wgetenv(L"TELL_WAIT") != NULL) WaitForSingleObject(interrupted, INFINITE);
  return status == NULL ? 0 : _wtoi(status);
}

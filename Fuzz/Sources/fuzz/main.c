// What libFuzzer calls: hands each input, and a file in memory that holds it, to the Swift entry
// that FUZZ_TARGET names.
#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int systemic_fuzz(const char *target, const uint8_t *bytes, long count, const char *path);

static const char *target;
static char path[64];
static int descriptor = -1;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  target = getenv("FUZZ_TARGET");
  descriptor = memfd_create("input", 0);
  if (target == NULL || descriptor < 0) {
    fprintf(stderr, "fuzz: set FUZZ_TARGET to the name of a target\n");
    exit(64);
  }
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  if (ftruncate(descriptor, 0) != 0 ||
      pwrite(descriptor, bytes, count, 0) != (ssize_t)count) {
    fprintf(stderr, "fuzz: the file in memory cannot be written\n");
    exit(1);
  }
  if (systemic_fuzz(target, bytes, (long)count, path) != 0) {
    fprintf(stderr, "fuzz: there is no target \"%s\"\n", target);
    exit(64);
  }
  return 0;
}

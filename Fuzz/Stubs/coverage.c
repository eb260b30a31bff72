// The rooms are instrumented for the fuzzer, and so is `rulec`, which the build runs and which has no
// fuzzer in it: these empty functions let it link. In the fuzzer itself libFuzzer's own take their place.
#define NOTHING(name) \
  __attribute__((weak)) void name(void) {}
NOTHING(__sanitizer_cov_8bit_counters_init)
NOTHING(__sanitizer_cov_pcs_init)
NOTHING(__sanitizer_cov_trace_cmp1)
NOTHING(__sanitizer_cov_trace_cmp2)
NOTHING(__sanitizer_cov_trace_cmp4)
NOTHING(__sanitizer_cov_trace_cmp8)
NOTHING(__sanitizer_cov_trace_const_cmp1)
NOTHING(__sanitizer_cov_trace_const_cmp2)
NOTHING(__sanitizer_cov_trace_const_cmp4)
NOTHING(__sanitizer_cov_trace_const_cmp8)
NOTHING(__sanitizer_cov_trace_pc_guard)
NOTHING(__sanitizer_cov_trace_pc_guard_init)
NOTHING(__sanitizer_cov_trace_pc_indir)
NOTHING(__sanitizer_cov_trace_switch)
__attribute__((weak, tls_model("initial-exec"))) __thread unsigned long __sancov_lowest_stack;

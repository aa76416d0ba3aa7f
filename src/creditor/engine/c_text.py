"""Owns the fixed text of a generated C file: functions with the engine's bits, Newton on a block, the run."""

from __future__ import annotations

from creditor.engine.functions import (
    EXP_TERMS,
    LARGEST,
    LN2_HIGH,
    LN2_LOW,
    LOG2_E,
    LOG_TERMS,
    MANTISSA,
    ONE_BITS,
    SMALLEST,
    SQRT_HALF_BITS,
    WHOLE,
)

HEAD = """#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define W 64 /* paths that are taken at once */
#define EACH _Pragma("GCC ivdep") for (int i = 0; i < W; i++)
#ifndef CONDITION
#define CONDITION 1 /* 0: do not estimate how well a block is determined */
#endif
"""

RUN = """
typedef struct {
    int tears, linear, size, kappa;
    const int *tear, *guess, *step;
    void (*values)(double (*)[W]), (*slopes)(double (*)[W]);
    void (*condition)(double (*)[W]), (*solution)(double (*)[W]);
} Block;

static void move(const Block *b, double (*r)[W], double (*kept)[W], double *best, int *waiting)
{
    double factor = 1.0;
    for (int halving = 0; halving < 9; halving++, factor *= 0.5) {
        int left = 0;
        for (int j = 0; j < b->tears; j++)
            EACH {
                const double moved = kept[j][i] + factor * r[b->step[j]][i];
                r[b->tear[j]][i] = waiting[i] ? moved : kept[j][i];
            }
        b->values(r);
        for (int i = 0; i < W; i++)
            if (waiting[i]) {
                const double here = r[b->size][i];
                if (here == here && (here < best[i] || best[i] != best[i])) {
                    best[i] = here;
                    waiting[i] = 0;
                    for (int j = 0; j < b->tears; j++) kept[j][i] = r[b->tear[j]][i];
                } else
                    left++;
            }
        if (!left) return;
    }
    for (int j = 0; j < b->tears; j++) memcpy(r[b->tear[j]], kept[j], sizeof kept[j]);
    b->values(r);
}

/* Newton from yesterday's values, each path by itself; the first path that is not solved, or -1. */
static int newton(const Block *b, double (*r)[W], double (*kept)[W])
{
    double best[W], kappa[W];
    int stuck[W] = {0}, waiting[W];
    for (int j = 0; j < b->tears; j++) {
        memcpy(kept[j], r[b->guess[j]], sizeof kept[j]);
        memcpy(r[b->tear[j]], kept[j], sizeof kept[j]);
    }
    b->values(r);
    memcpy(best, r[b->size], sizeof best);
    for (int step = 0; step < 50; step++) {
        int active = 0;
        for (int i = 0; i < W; i++) {
            waiting[i] = !(best[i] <= 1e-13) && !stuck[i];
            active |= waiting[i];
        }
        if (step && !active) break;
        if (!step || !b->linear) {
            b->slopes(r);
            if (CONDITION) b->condition(r);
        }
        if (CONDITION)
            for (int i = 0; i < W; i++)
                if (!step || waiting[i]) kappa[i] = r[b->kappa][i];
        if (!active) break;
        b->solution(r);
        move(b, r, kept, best, waiting);
        for (int i = 0; i < W; i++) stuck[i] |= waiting[i];
    }
    for (int i = 0; i < W; i++)
        if (!(best[i] <= 1e-10) || (CONDITION && !(kappa[i] <= 1e10))) return i;
    return -1;
}
"""

API = """
/* Values of period 0 from the text, and whether a cell has one. */
const double *creditor_opening(void) { return opening; }
int creditor_opens(int slot) { return slot >= 0 && slot < SLOTS && opens[slot]; }
const char *creditor_name(int slot) { return slot >= 0 && slot < SLOTS ? names[slot] : ""; }
int creditor_slots(void) { return SLOTS; }

/* Runs paths from an opening.
 *
 * start    values of period 0, [slot * wide + path % wide], 0 for what is not known; NULL for the text's
 * given    slots of `givens` givens that are not the text's number from period 1 on
 * series   for each [period - 1], or where by_path says so [(period - 1) * paths + path]
 * keep     slots of out[kept][periods + 1][paths]
 * threads  with OpenMP
 * where    period, path and block (from 0) of what is not solved
 *
 * Returns 0; 1 where a block is not solved, which is then the end of its 64 paths; 2 without memory. */
int creditor_run(long periods, long paths, const double *start, long wide, int givens, const int *given,
                 const double *const *series, const int *by_path, int kept, const int *keep, double *out,
                 int threads, long *where)
{
    int failed = 0;
    if (!start) { start = opening; wide = 1; }
    (void)threads;
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic) num_threads(threads)
#endif
    for (long offset = 0; offset < paths; offset += W) {
        double (*r)[W] = aligned_alloc(64, sizeof(double[W]) * (ROWS + TEARS));
        double (*guess)[W] = r + ROWS;
        const long real = paths - offset < W ? paths - offset : W;
        int bad = r ? -1 : -2;
        if (r) {
            memset(r, 0, sizeof(double[W]) * (ROWS + TEARS));
            for (int n = 0; n < SLOTS; n++)
                for (int i = 0; i < W; i++) {
                    const long path = offset + (i < real ? i : 0);
                    r[n][i] = start[n * wide + path % wide];
                    for (int k = 0; i < real && k < kept; k++)
                        if (keep[k] == n) out[k * (periods + 1) * paths + path] = opens[n] ? r[n][i] : NAN;
                }
            for (int n = 0; n < CONSTANT; n++) for (int i = 0; i < W; i++) r[CONSTANTS + n][i] = constants[n];
            for (int n = 0; n < GIVENS; n++)
                for (int i = 0; i < W; i++) r[givens_at[n]][i] = givens_are[n];
        }
        for (long period = 1; r && period <= periods; period++) {
            for (int n = 0; n < LAGGED; n++) memcpy(r[SLOTS + n], r[lagged[n]], sizeof r[0]);
            for (int g = 0; g < givens; g++)
                for (int i = 0; i < W; i++) {
                    const long path = offset + (i < real ? i : 0);
                    r[given[g]][i] = series[g][by_path[g] ? (period - 1) * paths + path : period - 1];
                }
            int block = 0;
            bad = today(r, guess, &block);
            if (bad >= real) bad = -1; /* filling */
            if (bad >= 0) {
#ifdef _OPENMP
#pragma omp critical
#endif
                if (!failed) { failed = 1; where[0] = period; where[1] = offset + bad; where[2] = block; }
                break;
            }
            for (int k = 0; k < kept; k++) {
                double *there = out + (k * (periods + 1) + period) * paths + offset;
                memcpy(there, r[keep[k]], sizeof(double) * real);
            }
        }
        if (bad == -2) failed = 2;
        free(r);
    }
    return failed;
}

#ifndef WITHOUT_MAIN
/* ./model [PERIODS] writes every cell of one path as CSV. */
int main(int count, char **words)
{
    const long periods = count > 1 ? atol(words[1]) : 60;
    long where[3] = {0, 0, 0};
    if (count > 2 || periods < 1 || periods > 100000) {
        fprintf(stderr, "usage: %s [PERIODS], 1 to 100000\\n", words[0]);
        return 2;
    }
    int *keep = malloc(sizeof(int) * SLOTS);
    double *out = malloc(sizeof(double) * SLOTS * (periods + 1));
    if (!keep || !out) { fprintf(stderr, "not enough memory\\n"); return 3; }
    for (int n = 0; n < SLOTS; n++) keep[n] = n;
    if (creditor_run(periods, 1, NULL, 1, 0, NULL, NULL, NULL, SLOTS, keep, out, 1, where)) {
        fprintf(stderr, "period %ld: block %ld is not solved\\n", where[0], where[2] + 1);
        return 4;
    }
    printf("period");
    for (int n = 0; n < SLOTS; n++) if (*names[n]) printf(",\\"%s\\"", names[n]);
    for (long t = 0; t <= periods; t++) {
        printf("\\n%ld", t);
        for (int n = 0; n < SLOTS; n++) if (*names[n]) {
            if (t || opens[n]) printf(",%.17g", out[n * (periods + 1) + t]);
            else printf(",");
        }
    }
    printf("\\n");
    free(keep);
    free(out);
    return 0;
}
#endif
"""


POWER = f"""
static inline double power(double x, double y)
{{
    const double size = fabs(y);
    if (floor(y) == y && size <= {WHOLE!r}) {{
        double product = 1.0, base = x;
        for (int64_t count = (int64_t)size; count; count >>= 1, base = base * base)
            if (count & 1) product = product * base;
        return y < 0.0 ? 1.0 / product : product;
    }}
    if (y == 0.5) return sqrt(x);
    if (y != y) return NAN;
    if (x == 0.0) return y > 0.0 ? 0.0 : INFINITY;
    return exponential(y * logarithm(x));
}}
"""


def functions() -> str:
    """Functions in C that perform the operations of `creditor.engine.functions` in their order.

    Examples
    --------
    >>> "exponential" in functions()
    True
    """
    exp_series = "".join(f"\n    series = series * r + {term!r};" for term in EXP_TERMS[1:])
    log_series = "".join(f"\n    series = series * z + {term!r};" for term in LOG_TERMS[1:])
    return f"""
static inline double of_bits(int64_t bits) {{ double x; memcpy(&x, &bits, 8); return x; }}
static inline int64_t bits_of(double x) {{ int64_t bits; memcpy(&bits, &x, 8); return bits; }}
static inline double smaller(double a, double b) {{ return (a <= b) | (a != a) ? a : b; }}
static inline double larger(double a, double b) {{ return (a >= b) | (a != a) ? a : b; }}
static inline double worse(double a, double b, double c)
{{
    const double size = fabs(b), ratio = size == 0.0 ? 0.0 : size / c;
    return (a >= ratio) | (a != a) ? a : ratio;
}}

static inline double exponential(double x)
{{
    const int inside = (x >= {SMALLEST!r}) & (x <= {LARGEST!r});
    const double y = inside ? x : 0.0, k = floor(y * {LOG2_E!r} + 0.5);
    const double high = y - k * {LN2_HIGH!r}, low = k * {LN2_LOW!r}, r = high - low;
    double series = {EXP_TERMS[0]!r};{exp_series}
    const double rest = (high - r) - low, value = 1.0 + (r + (r * r * series + rest));
    const int64_t whole = (int64_t)k, half = whole >> 1;
    const double scaled = value * of_bits((half + 1023) << 52) * of_bits((whole - half + 1023) << 52);
    return inside ? scaled : x > {LARGEST!r} ? INFINITY : x < {SMALLEST!r} ? 0.0 : NAN;
}}

static inline double logarithm(double x)
{{
    const int inside = (x > 0.0) & (x < INFINITY), tiny = inside && x < 2.2250738585072014e-308;
    const double y = !inside ? 1.0 : tiny ? x * 18014398509481984.0 : x;
    const int64_t bits = bits_of(y) + {ONE_BITS - SQRT_HALF_BITS}LL;
    const double k = (double)((bits >> 52) - 1023) - (tiny ? 54.0 : 0.0);
    const double f = of_bits((bits & {MANTISSA}LL) + {SQRT_HALF_BITS}LL) - 1.0, s = f / (2.0 + f), z = s * s;
    double series = {LOG_TERMS[0]!r};{log_series}
    const double square = 0.5 * f * f;
    const double value = k * {LN2_HIGH!r} - ((square - (s * (square + z * series) + k * {LN2_LOW!r})) - f);
    return inside ? value : x == 0.0 ? -INFINITY : x == INFINITY ? INFINITY : NAN;
}}
{POWER}"""

"""Elementary functions with the same bits compiled, in plain Python and on every processor.

The C library's exp, log and pow differ between processors and cannot be vectorised. These use
only + - * / sqrt, comparisons and the bits of a float64, in one fixed order, so that nothing is
left to the machine; in a loop the compiler does several members at once.
Errors are bounds found against mpmath; tests/agents/numbers/test_elementary.py repeats them.
"""

import math
import struct

from numba.core import types
from numba.extending import intrinsic

from agents.engine.rules import PLAIN, rule

LARGEST_EXPONENT = 709.0  # exp_ stops growing here, at 8.2e307, still finite
SMALLEST_EXPONENT = -708.0  # exp_ is 0 from here down: the results would lose digits
SMALLEST_NORMAL = 2.2250738585072014e-308  # log_ stops falling here, at -708.4

_LOG2_E = 1.4426950408889634
_LN_2 = 0.6931471805599453
_LN_2_HIGH = 6.93147180369123816490e-01  # 33 bits: a multiple by an exponent is exact
_LN_2_LOW = 1.90821492927058770002e-10
# Added to a float64 below 2**51, it leaves the rounded value in the last bits of the sum.
_ROUNDER = 6755399441055744.0
_ROUNDER_BITS = 0x4338000000000000
_SQRT_HALF_BITS = 0x3FE6A09E667F3BCD

if PLAIN:

    def bits_of_float(x):
        """The 64 bits of a float64, as a signed integer."""
        return struct.unpack("<q", struct.pack("<d", x))[0]

    def float_of_bits(bits):
        """The float64 that has these 64 bits."""
        return struct.unpack("<d", struct.pack("<Q", bits & 0xFFFFFFFFFFFFFFFF))[0]

else:

    @intrinsic
    def bits_of_float(typing_context, x):
        """The 64 bits of a float64, as a signed integer."""

        def generate(context, builder, signature, arguments):
            return builder.bitcast(arguments[0], context.get_value_type(types.int64))

        return types.int64(types.float64), generate

    @intrinsic
    def float_of_bits(typing_context, bits):
        """The float64 that has these 64 bits."""

        def generate(context, builder, signature, arguments):
            return builder.bitcast(arguments[0], context.get_value_type(types.float64))

        return types.float64(types.int64), generate


@rule
def exp_(x):
    """The exponential of x, with a relative error below 3e-16.

    From 709 up it stays at exp(709) = 8.2e307; from -708 down it is 0.
    """
    bounded = LARGEST_EXPONENT if x > LARGEST_EXPONENT else x
    shifted = bounded * _LOG2_E + _ROUNDER
    whole = shifted - _ROUNDER
    exponent = bits_of_float(shifted) - _ROUNDER_BITS
    r = bounded - whole * _LN_2_HIGH - whole * _LN_2_LOW
    # exp(r) on |r| <= ln(2)/2: interpolation at Chebyshev nodes, relative error 2e-17.
    tail = 2.7620088445409746e-07 + r * 2.510038549551032e-08
    tail = 2.4801521295954376e-05 + r * (2.7557268459997064e-06 + r * tail)
    tail = 0.0013888888917213717 + r * (0.00019841269863053618 + r * tail)
    tail = 0.04166666666662413 + r * (0.008333333333330062 + r * tail)
    tail = 0.5000000000000001 + r * (0.16666666666666669 + r * tail)
    value = (1.0 + (r + r * r * tail)) * float_of_bits((exponent + 1023) << 52)
    return 0.0 if x <= SMALLEST_EXPONENT else value


@rule
def log_(x):
    """The natural logarithm of x, with a relative error below 5e-16.

    Below 2.2e-308, for zero and for negative x it stays at -708.4, of which exp_ is 0.
    """
    bounded = SMALLEST_NORMAL if x < SMALLEST_NORMAL else x
    bits = bits_of_float(bounded)
    exponent = (bits - _SQRT_HALF_BITS) >> 52
    mantissa = float_of_bits(bits - (exponent << 52))  # in [sqrt(1/2), sqrt(2))
    s = (mantissa - 1.0) / (mantissa + 1.0)
    z = s * s
    # atanh(s)/s on |s| <= 0.1716: interpolation at Chebyshev nodes, error 5e-18.
    tail = 0.07665805861027504 + z * 0.07308903576708663
    tail = 0.11111105544689748 + z * (0.09091446216268435 + z * tail)
    tail = 0.19999999999949444 + z * (0.14285714313126918 + z * tail)
    tail = z * (0.3333333333333335 + z * tail)
    whole = float_of_bits((exponent + 1024) | 0x4330000000000000) - 4503599627371520.0
    return whole * _LN_2 + (2.0 * s + 2.0 * s * tail)


@rule
def pow_(x, y):
    """x to the power y for x >= 0, with a relative error below 3e-16 (1 + |y ln x|).

    Zero or less to a positive power is 0, and to the power of 0 it is 1.
    """
    value = exp_(y * log_(x))
    return 0.0 if x <= 0.0 and y > 0.0 else value


@rule
def yuan(x):
    """x rounded to whole yuan, halves to even, for |x| < 2**51."""
    return bits_of_float(x + _ROUNDER) - _ROUNDER_BITS


@rule
def normal_quantile(u):
    """The standard normal value that a share u in (0, 1) lies below, within 3e-8 for u from 2**-33."""
    return normal_of_tail(u, tail_exponent(u))


@rule
def tail_exponent(u):
    """How far a share u in (0, 1) lies from one half: 0 there, rising outwards. For `normal_of_tail`."""
    return -log_(4.0 * u * (1.0 - u))


@rule
def normal_of_tail(u, w):
    """The normal quantile of u, given its tail exponent w; a loop of its own has registers for all numbers.

    Both pieces are computed alike and differ by coefficients only, so that nothing branches.
    Source: the form of Giles (2010), "Approximating the erfinv function", with coefficients of
    degree 10 interpolated at Chebyshev nodes.
    """
    near = w < 6.25
    t = w - 3.12500000005 if near else math.sqrt(max(w, 0.0)) - 3.57379000772445
    p = 9.876416004228169e-10 if near else -1.857085093094692e-05
    p = (-6.516196179832288e-09 if near else 1.25740209394872e-05) + p * t
    p = (-3.627864619870585e-08 if near else 0.00011093668510754078) + p * t
    p = (6.019780914684277e-07 if near else -0.00028995872900655547) + p * t
    p = (-1.951578348574073e-06 if near else 0.0004571102919205002) + p * t
    p = (-1.963921159786767e-05 if near else -0.0007083238378499328) + p * t
    p = (0.0002641176795113883 if near else 0.0012379900608968084) + p * t
    p = (-0.0010475061591605393 if near else -0.002512664760409276) + p * t
    p = (-0.008532916546213286 if near else 0.004035148262522954) + p * t
    p = (0.3396349571207683 if near else 1.4252734440401147) + p * t
    p = (2.338620710043575 if near else 4.822237043612242) + p * t
    return p * (2.0 * u - 1.0)

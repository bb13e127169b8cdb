"""Makes the toy model importable, here and in worker processes, which inherit the path."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "store")]

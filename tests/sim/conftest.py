"""Makes `whole_state` importable; every test here runs provinces of a hundredth of the firms or fewer."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

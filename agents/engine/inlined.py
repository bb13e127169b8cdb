"""Code that only compiled callers use: left unfinished until the function is compiled that Python calls.

By itself Numba optimises and assembles every function, and again every function that it is inlined into.
"""

from typing import Any

from numba import _dynfunc  # type: ignore[attr-defined]
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.typed_passes import NativeLowering


class Unassembled(JITCodeLibrary):
    """Code to be linked into that of callers, and to be optimised there."""

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class LoweredForCallers(NativeLowering):
    """What Numba's own pass does, without machine code."""

    _name = "lowered_for_callers"

    def run_pass(self, state: Any) -> bool:
        state.library = Unassembled(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        lowered = state["cr"]
        known_by = _dynfunc.make_function(
            lowered.fndesc.lookup_module(), lowered.fndesc.qualname, "", 0, lowered.env, (state.library,)
        )
        state.targetctx.insert_user_function(known_by, lowered.fndesc, [state.library])
        state["cr"] = lowered._replace(cfunc=known_by)
        return True


class ForCallers(CompilerBase):
    """Numba's compiler up to where machine code would be made."""

    def define_pipelines(self) -> list[PassManager]:
        usual = DefaultPassBuilder.define_nopython_pipeline(self.state)
        ours = PassManager("for_callers")
        ours.passes = [
            (LoweredForCallers, "lowered for callers") if made is NativeLowering else (made, told)
            for made, told in usual.passes
        ]
        ours.finalize()
        return [ours]

from embedstack.bootstrap.failure import BootstrapFailure
from embedstack.bootstrap.runner import Step, run_steps


def failing(error):
    def run(context):
        raise error

    return run


def test_steps_are_named_and_timed(capsys):
    steps = [Step("first", lambda c: "found nothing", "-"), Step("second", lambda c: "ok", "-")]
    assert run_steps(steps) == 0
    output = capsys.readouterr().out.splitlines()
    assert output[0].startswith("bootstrap: [1/2] first: found nothing (")
    assert output[1].startswith("bootstrap: [2/2] second: ok (")


def test_failing_step_ends_the_run_with_one_line(capsys):
    steps = [
        Step("first", failing(BootstrapFailure("no rows\nat all")), "look there"),
        Step("second", failing(AssertionError("must not run")), "-"),
    ]
    assert run_steps(steps) == 1
    errors = capsys.readouterr().err.splitlines()
    assert errors == ["bootstrap: failed at step 'first': no rows at all; next step: look there"]


def test_failure_may_name_its_own_next_step_and_others_their_type(capsys):
    assert run_steps([Step("a", failing(BootstrapFailure("cause", "do this")), "do that")]) == 1
    assert run_steps([Step("b", failing(KeyError("missing")), "do that")]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("next step: do this")
    assert "KeyError" in second and second.endswith("next step: do that")

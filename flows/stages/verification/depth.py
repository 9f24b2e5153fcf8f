"""The checks that hold the running application and its tests against the blueprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.stages.verification.access import check as access_check
from flows.stages.verification.access.accounts import EXAMPLE_PASSWORD, gather
from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.links import check as links_check
from flows.stages.verification.mutation import check as mutation_check
from flows.stages.verification.mutation.sample import sample
from flows.stages.verification.openapi import check as openapi_check
from flows.stages.verification.traceability import check as traceability_check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.contracts import Blueprint, FileSet
    from flows.stages.verification.application import Application
    from flows.stages.verification.findings import Findings
    from flows.stages.verification.schedule import Meter
    from flows.stages.verification.server import Server


def access(blueprint: Blueprint, server: Server, findings: Findings, meter: Meter) -> str:
    """Everybody tries everything; each answer is held to the rules."""
    attack = access_check.attack(blueprint, server.client(meter, findings.seen), findings.cookies)
    if attack is None:
        return "nothing is kept that somebody could be kept from"
    try:
        attack.run()
    finally:
        findings.access = attack.cells
    wrong = access_check.wrong(attack.cells)
    return _verdict(meter, wrong, f"{len(attack.cells)} attempts, each answered as the rules say")


def openapi(blueprint: Blueprint, server: Server, findings: Findings, meter: Meter) -> str:
    """What was answered so far, and to every operation asked anew, is as the application's document says."""
    client = server.client(meter, findings.seen)
    description = openapi_check.describe(client)
    if blueprint.entities:
        people = gather(client, ())
        openapi_check.ask_everything(description, people.admin, people.attackers[-1])
        openapi_check.ask_silent(description, gather(client, ()).admin)
    slugs = {entity.slug for entity in blueprint.entities}
    lies = openapi_check.lies(description, findings.seen, slugs)
    return _verdict(meter, lies, f"{len(description.operations)} operations answer as described")


def links(blueprint: Blueprint, server: Server, findings: Findings, meter: Meter) -> str:
    """Every link of every page leads somewhere, for each role."""
    if blueprint.profile == "api":
        return "an API has no pages"
    found = links_check.follow(
        blueprint, server.client(meter), password=EXAMPLE_PASSWORD, known=findings.cookies
    )
    return _verdict(meter, found.wrong, f"{found.links} links on {found.pages} pages lead somewhere")


def mutation(
    application: Application, files: FileSet, blueprint: Blueprint, findings: Findings, meter: Meter
) -> str:
    """Each planted fault turns a test red."""
    chosen = sample(files, findings.reached, seed=blueprint.digest())
    if not chosen:
        return "there are no rules in which a fault could be planted"
    findings.mutants = mutation_check.plant(application, files, findings.reached, chosen, meter)
    unseen = mutation_check.unseen(findings.mutants)
    return _verdict(meter, unseen, f"{len(chosen)} of {len(chosen)} planted faults turned a test red")


def traceability(blueprint: Blueprint, files: FileSet, findings: Findings, meter: Meter) -> str:
    """Every statement of the interview leads to files and tests, or to what was not built."""
    paths = tuple(file.path for file in files.files)
    findings.traced, gaps = traceability_check.follow(blueprint, paths, findings.cases)
    built = traceability_check.built(findings.traced)
    others = len(findings.traced) - built
    detail = f"{len(findings.traced)} statements, {built} built and tested, {others} named as not"
    return _verdict(meter, gaps, detail)


def _verdict(meter: Meter, wrong: Sequence[str], detail: str) -> str:
    """The detail of a green check; says all that is wrong and raises CheckFailed with the first of it."""
    if not wrong:
        return detail
    for line in wrong:
        meter.say(line)
    more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    raise CheckFailed(f"{wrong[0]}{more}")

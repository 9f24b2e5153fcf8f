"""One table, one noun, one file; importing this package registers every table."""

from db.models.artifacts import Artifact
from db.models.base import Base
from db.models.blueprints import BlueprintVersion
from db.models.checks import CheckResult
from db.models.executions import Execution
from db.models.gates import Gate
from db.models.interviews import InterviewVersion
from db.models.leases import Lease
from db.models.log_lines import LogBatch, LogLine
from db.models.projects import Project
from db.models.restarts import Restart
from db.models.stage_runs import StageRun
from db.models.tenants import Member, Tenant, User
from db.models.transitions import Transition

__all__ = [
    "Artifact",
    "Base",
    "BlueprintVersion",
    "CheckResult",
    "Execution",
    "Gate",
    "InterviewVersion",
    "Lease",
    "LogBatch",
    "LogLine",
    "Member",
    "Project",
    "Restart",
    "StageRun",
    "Tenant",
    "Transition",
    "User",
]

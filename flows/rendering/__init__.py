"""What the four generators share: a plan of the application, safe literals, one template renderer."""

from flows.rendering.plan import EntityPlan, FieldPlan, Plan, RelationPlan, plan
from flows.rendering.tree import render_tree

__all__ = ["EntityPlan", "FieldPlan", "Plan", "RelationPlan", "plan", "render_tree"]

"""What the four generators share: a plan of the application, safe literals, one template renderer."""

from flows.rendering.plan import ApplicationPlan, EntityPlan, FieldPlan, RelationPlan
from flows.rendering.settling import plan
from flows.rendering.tree import render_tree

__all__ = ["ApplicationPlan", "EntityPlan", "FieldPlan", "RelationPlan", "plan", "render_tree"]

"""Which policy counts for an application, and what it foresees (design, sections 3 and 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from followup.config import Config
from followup.domain.application import Application
from followup.domain.board import Foresee
from followup.domain.policy import Policy
from followup.domain.settings import Settings
from followup.domain.step import Step
from followup.domain.timeline import Timeline
from followup.extensions.faults import PluginFailedError
from followup.extensions.host import PluginHost

DEFAULT_POLICY = "patient"

Foreseen = tuple[Policy, Timeline, Sequence[Step] | None]


class Foresight:
    """Asks policies for steps: those of this process each time, those outside once a timeline.

    A timeline always gives the same steps, so what a policy outside foresaw is kept until
    the timeline is another one.
    """

    def __init__(self, host: PluginHost, config: Config, zone: str) -> None:
        """Take the policies, their settings and the user's zone."""
        self._host = host
        self._config = config
        self._zone = zone
        self._settings: dict[str, Settings] = {}
        self._kept: dict[tuple[str, int], Foreseen] = {}
        self._failed: dict[int, str] = {}
        self._named_in: tuple[Sequence[Application], frozenset[str]] = ((), frozenset())

    def policy_of(self, application: Application) -> Policy:
        """Return the policy that makes the dates of an application: its own, else the usual one.

        Where neither is there, or it failed, the default stands in.
        """
        return self._default() if application.id in self._failed else self._chosen(application)

    def told(self, application: Application) -> str:
        """Return in words which policy counts, and why it is not the chosen one, if it is not."""
        name, reason = self.policy_of(application).name, self.stand_in(application)
        return f"{name}: {reason}" if reason else name

    def _chosen(self, application: Application) -> Policy:
        return self._named(application.policy)

    def _named(self, name: str) -> Policy:
        for wanted in (name, self._config.default_policy):
            policy = self._host.policy(wanted) if wanted else None
            if policy:
                return policy
        return self._default()

    def _default(self) -> Policy:
        policy = self._host.policy(DEFAULT_POLICY)
        assert policy, "it ships in the box"
        return policy

    def stand_in(self, application: Application) -> str:
        """Return why not the chosen policy counts but another one, nothing where it does."""
        chosen = application.policy or self._config.default_policy
        if self._host.policy(chosen) is None:
            return f"no policy {chosen}"
        return self._failed.get(application.id, "")

    def foresee(self, application: Application) -> Callable[[Timeline], Sequence[Step]]:
        """Return the policy of an application, bound to its settings and the user's zone.

        Calling it raises ``InputError`` where the settings are wrong.
        """
        policy = self._chosen(application)
        if _many(policy) is None:
            return self._bound(policy)
        return partial(self._from_outside, application, policy)

    def check_settings(self, applications: Sequence[Application]) -> None:
        """Raise ``InputError`` where the settings of a policy of these applications are wrong."""
        for name in self._names_in(applications):
            self._settings_of(self._named(name))

    def for_board(self, applications: Sequence[Application], at: datetime) -> Foresee:
        """Return what ``foresee`` does, for one board of these applications at an instant.

        Policies are looked up once, and those outside asked for all timelines at once.
        """
        policies = {name: self._named(name) for name in self._names_in(applications)}
        self._prepare(applications, policies, at)
        bound = {
            name: self._bound(policy) for name, policy in policies.items() if _many(policy) is None
        }

        def foresee(application: Application) -> Callable[[Timeline], Sequence[Step]]:
            return bound.get(application.policy) or self.foresee(application)

        return foresee

    def _names_in(self, applications: Sequence[Application]) -> frozenset[str]:
        """Return the policies that applications name; kept, for the clock asks once a change."""
        if self._named_in[0] is not applications:
            names = frozenset(application.policy for application in applications)
            self._named_in = applications, names
        return self._named_in[1]

    def _prepare(
        self, applications: Sequence[Application], policies: Mapping[str, Policy], at: datetime
    ) -> None:
        """Ask policies outside for all that they are going to be asked for, at once."""
        lacking: dict[str, list[tuple[Application, Timeline]]] = {}
        outside = {policy.name: policy for policy in policies.values() if _many(policy)}
        for application in applications if outside else ():
            policy = policies[application.policy]
            if policy.name not in outside or self._is_kept(application, policy):
                continue
            timeline = Timeline.at(application.events, at)
            if not (timeline.outcome or timeline.answered):
                # Policies are not asked of applications that are closed or answered.
                lacking.setdefault(policy.name, []).append((application, timeline))
        for name, asked in lacking.items():
            self._ask(outside[name], asked)

    def _is_kept(self, application: Application, policy: Policy) -> bool:
        kept = self._kept.get((policy.name, application.id))
        # Plugins may be loaded anew: then it is another policy, though its name is the same.
        return kept is not None and kept[0] is policy

    def _ask(self, policy: Policy, asked: Sequence[tuple[Application, Timeline]]) -> None:
        """Keep what a policy outside foresees for several timelines; none where it fails."""
        many = _many(policy)
        assert many
        timelines = tuple(timeline for _, timeline in asked)
        try:
            foreseen = many(timelines, self._settings_of(policy), self._zone)
        except PluginFailedError:
            foreseen = [None] * len(asked)
        for (application, timeline), steps in zip(asked, foreseen, strict=True):
            self._kept[policy.name, application.id] = (policy, timeline, steps)

    def _from_outside(
        self, application: Application, policy: Policy, timeline: Timeline
    ) -> Sequence[Step]:
        key = (policy.name, application.id)
        if not self._is_kept(application, policy) or self._kept[key][1] != timeline:
            self._ask(policy, [(application, timeline)])
        _, _, steps = self._kept[key]
        if steps is not None:
            self._failed.pop(application.id, None)
            return steps
        self._failed[application.id] = f"{policy.name} failed"
        return self._bound(self._default())(timeline)

    def _bound(self, policy: Policy) -> Callable[[Timeline], Sequence[Step]]:
        return partial(policy.steps, settings=self._settings_of(policy), zone=self._zone)

    def _settings_of(self, policy: Policy) -> Settings:
        if policy.name not in self._settings:
            self._settings[policy.name] = self._config.policy_settings(
                policy.name, policy.settings_type
            )
        return self._settings[policy.name]


def _many(policy: Policy) -> Callable[..., list[Any]] | None:
    """Return how to ask a policy for many timelines at once, if it is one outside."""
    return getattr(policy, "steps_of_many", None)

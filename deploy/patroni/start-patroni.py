#!/usr/bin/python3
"""Starts Patroni 4.0 so that a primary which has been replaced cannot become the primary again before it has followed.

A machine that stood still (a virtual machine that was moved, a host without memory) goes on with what it knew before: its
Patroni takes itself for the leader. By itself it then creates the leader's key anew wherever that is missing just now, as it is
for a moment when etcd stood still with it, and what the new primary acknowledged meanwhile is undone. Started by this file

- a leader whose lease has run out only takes the key again that still has its name, and otherwise demotes itself;
- a running primary that finds no leader asks the other members first, and gives way when one is on a later timeline.

It also takes a ttl down to 5 s and a retry_timeout down to 2 s, where Patroni makes 20 and 3 of what is below, so that a lost
primary is replaced sooner; and when one is switched over it looks ten times a second whether the old one is down, where Patroni
looks once. `patronictl list` shows by the tag gives_way which members were started by it.

Used in place of `patroni`, with the same arguments: start-patroni.py /etc/patroni/config.yml
"""
import logging
import sys

import patroni.postgresql
from patroni.__main__ import Patroni, main
from patroni.config import Config
from patroni.dcs.etcd3 import PatroniEtcd3Client
from patroni.ha import Ha
from patroni.version import __version__

logger = logging.getLogger('patroni.start')

_txn = PatroniEtcd3Client.txn
_is_healthiest_node = Ha.is_healthiest_node
_get_tags = Patroni._get_tags
_at_least = Config._Config__get_and_maybe_adjust_int_value

_least_seconds = {'ttl': 5, 'retry_timeout': 2}


def _txn_without_second_try(self, compare, success, failure=None, *, retry=None):
    """The second try, `failure`, is that of a leader whose lease ran out, and creates the key; nothing else in 4.0 has one."""
    return _txn(self, compare, success, retry=retry)


def _is_healthiest_of_all(self):
    return _is_healthiest_node(self) and not _has_successor(self)


def _has_successor(ha):
    if ha.is_paused() or not ha.state_handler.is_primary():
        return False
    # Those known before too: the successor's own entry is gone when its lease is.
    members = {member.name: member for member in ha.old_cluster.members + ha.cluster.members}
    members.pop(ha.state_handler.name, None)
    timeline = ha.state_handler.get_primary_timeline()
    for status in ha.fetch_nodes_statuses([member for member in members.values() if member.api_url]):
        if (status.timeline or 0) > timeline:
            logger.warning('%s is on timeline %s, and this primary on %s', status.member.name, status.timeline, timeline)
            return True
    return False


if __version__.startswith('4.0.'):
    PatroniEtcd3Client.txn = _txn_without_second_try
    Ha.is_healthiest_node = _is_healthiest_of_all
    Patroni._get_tags = lambda self: {**_get_tags(self), 'gives_way': True}
    Config._Config__get_and_maybe_adjust_int_value = lambda self, config, name, least: _at_least(
        self, config, name, _least_seconds.get(name, least))
    patroni.postgresql.STOP_POLLING_INTERVAL = 0.1
else:
    print(f'start-patroni.py knows Patroni 4.0 and leaves {__version__} as it is', file=sys.stderr)

# Patroni starts Postgres by a process that reads this file again.
if __name__ == '__main__':
    main()

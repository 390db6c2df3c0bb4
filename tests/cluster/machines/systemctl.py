#!/usr/bin/env python3
"""What tests have where there is no systemd: starts and ends what a unit's file says, as its user, in its environment.

Knows: enable, disable, start, stop, restart, kill, is-active, daemon-reload; --now, --no-block, --signal. Of a unit: ExecStart,
User, Group, Environment, EnvironmentFile, WorkingDirectory, StateDirectory, RuntimeDirectory, and two conditions. No sandbox, no
restarts, no order between units. Files beside a unit in NAME.service.d come after it; the last ExecStart holds.
"""
import glob, os, pwd, shlex, signal, socket, subprocess, sys, time

STATE, LOGS = '/run/units', '/var/log/units'


def read_unit(name):
    """The lines of [Unit] and [Service] of a unit and of what is added to it, as lists by key; None when there is no such unit."""
    for folder in ('/etc/systemd/system', '/lib/systemd/system'):
        path = f'{folder}/{name}.service'
        if os.path.exists(path):
            break
    else:
        return None
    keys = {}
    for part in [path, *sorted(glob.glob(f'/etc/systemd/system/{name}.service.d/*.conf'))]:
        with open(part) as lines:
            for line in lines.read().replace('\\\n', ' ').splitlines():
                if '=' in line and not line.lstrip().startswith(('#', ';')):
                    key, value = line.split('=', 1)
                    keys.setdefault(key.strip(), []).append(value.strip())
    return keys


def environment(name, keys):
    known = {'PATH': '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG': 'C.UTF-8'}
    for line in keys.get('Environment', []):
        for pair in shlex.split(line):
            key, value = pair.split('=', 1)
            known[key] = value.replace('%H', socket.gethostname())
    for line in keys.get('EnvironmentFile', []):
        path = line.lstrip('-').replace('%p', name)
        if not os.path.exists(path):
            if line.startswith('-'):
                continue
            sys.exit(f'{name}: {path} is missing')
        with open(path) as lines:
            for entry in lines:
                entry = entry.strip()
                if entry and not entry.startswith(('#', ';')) and '=' in entry:
                    key, value = entry.split('=', 1)
                    known[key] = ' '.join(shlex.split(value))
    return known


def command(keys, env):
    words = []
    for word in shlex.split(keys['ExecStart'][-1].lstrip('@-:+!')):
        if word.startswith('$') and not word.startswith('${'):
            words += env.get(word[1:], '').split()
        else:
            for key, value in env.items():
                word = word.replace('${' + key + '}', value)
            words.append(word)
    return words


def main_process(name):
    try:
        with open(f'{STATE}/{name}') as file:
            pid = int(file.read())
        with open(f'/proc/{pid}/stat') as file:
            return None if file.read().rsplit(')', 1)[1].split()[0] in 'ZX' else pid
    except (OSError, ValueError):
        return None


def descendants(pid):
    parents = {}
    for entry in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open(f'/proc/{entry}/stat') as file:
                parents.setdefault(int(file.read().rsplit(')', 1)[1].split()[1]), []).append(int(entry))
        except OSError:
            pass
    found, ahead = [], [pid]
    while ahead:
        one = ahead.pop()
        found.append(one)
        ahead += parents.get(one, [])
    return found


def send(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def start(name):
    keys = read_unit(name)
    if keys is None:
        sys.exit(f'Unit {name}.service not found.')
    if main_process(name) is not None:
        return
    for path in keys.get('ConditionPathExists', []) + keys.get('ConditionFileNotEmpty', []):
        if not os.path.exists(path):
            print(f'{name}: {path} is not there')
            return
    user = pwd.getpwnam(keys.get('User', ['root'])[-1])
    for key, parent in (('StateDirectory', '/var/lib'), ('RuntimeDirectory', '/run')):
        for folder in keys.get(key, []):
            os.makedirs(f'{parent}/{folder}', mode=0o750, exist_ok=True)
            os.chown(f'{parent}/{folder}', user.pw_uid, user.pw_gid)
    env = {**environment(name, keys), 'HOME': user.pw_dir, 'USER': user.pw_name}
    become = ['setpriv', f'--reuid={user.pw_uid}', f'--regid={user.pw_gid}', '--init-groups'] if user.pw_uid else []
    for folder in (STATE, LOGS):
        os.makedirs(folder, exist_ok=True)
    with open(f'{LOGS}/{name}.log', 'a') as log:
        child = subprocess.Popen(become + command(keys, env), env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                 start_new_session=True, cwd=keys.get('WorkingDirectory', ['/'])[-1])
    with open(f'{STATE}/{name}', 'w') as file:
        file.write(str(child.pid))


def stop(name):
    pid = main_process(name)
    if pid is None:
        return
    everything = descendants(pid)
    os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + 40
    while main_process(name) is not None and time.monotonic() < end:
        time.sleep(0.05)
    send(everything, signal.SIGKILL)


def main(words):
    verb, options = words[0], [word for word in words[1:] if word.startswith('-')]
    names = [word.removesuffix('.service') for word in words[1:] if not word.startswith('-')]
    number = next((getattr(signal, 'SIG' + one.split('=')[1]) for one in options if one.startswith('--signal=')), signal.SIGTERM)
    for name in names:
        if read_unit(name) is None:
            sys.exit(f'Unit {name}.service not found.')
        if verb in ('disable', 'stop', 'restart') and (verb != 'disable' or '--now' in options):
            stop(name)
        if verb in ('start', 'restart') or (verb == 'enable' and '--now' in options):
            start(name)
        if verb == 'kill' and main_process(name) is not None:
            send(descendants(main_process(name)), number)
        if verb == 'is-active' and main_process(name) is None:
            sys.exit(3)


main(sys.argv[1:])

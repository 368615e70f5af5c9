#!/usr/bin/env python3
"""Measures Kenshin and prints the tables of benches/README.md. Python 3.11 or newer, nothing else, but
for what `import`, `terminal` and the plot of `growth` name.

  run.py desk [--save] [FILTER]   in process: `cargo bench`, each median beside the baseline
  run.py start                    a start, through a pseudo-terminal, by size
  run.py growth                   cost against size, as a table and growth.svg
  run.py memory                   what a full desk takes: at a start, on a new day, behind an unclean end, over
                                  midnight (with libfaketime), and what other terminals ask of it
  run.py soak [HOURS] [--speed=N] random but plausible keys: memory, latency, store. The program's clock
                                  runs N times as fast as ours (24, with libfaketime; 1 needs nothing)
  run.py shell                    short commands without an open desk, beside the sqlite3 shell
  run.py import                   two years of six metrics for 10,000 accounts, in three orders, beside DuckDB
                                  (its Python package) and the sqlite3 shell
  run.py terminal HARNESS DATA    beside other programs, with a harness that has ptybench.py

`--large` includes a hundred thousand accounts and a million notes. Homes are made once, under
target/bench-homes. Every command builds the release binary first, where it is not built."""

import fcntl, json, os, pty, random, re, select, shutil, signal, statistics, struct, subprocess, sys, termios, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(os.environ.get("KENSHIN_BIN", ROOT / "target/release/kenshin"))
HOMES = ROOT / "target/bench-homes"
BASELINE = ROOT / "benches/baseline.json"
NOW = "2026-11-22T10:04:00+09:00"
LARGE = "--large" in sys.argv
ARGS = [a for a in sys.argv[1:] if not a.startswith("--")]


def build():
    if "KENSHIN_BIN" not in os.environ:
        subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)


def environment(home, **more):
    keep = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME")}
    return {**keep, "KENSHIN_HOME": str(home), "KENSHIN_LANG": "en", "USER": "Sato", "TERM": "xterm-256color", **more}


def run(home, *args, **more):
    done = subprocess.run([BIN, *args], env=environment(home, **more), capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"{args}: {done.stderr}")
    return done.stdout


def home(accounts):
    path = HOMES / f"accounts-{accounts}"
    if not (path / "cache/checked").exists():
        shutil.rmtree(path, ignore_errors=True)
        print(f"# making {accounts} accounts", file=sys.stderr)
        run(path, "demo", "--write-only", "--accounts", str(accounts), KENSHIN_NOW=NOW)
    return path


LINES = [
    "Next year's budget is under review. \"Reports are too slow\" said the lead of the team.",
    "来期の予算を見直し中とのこと「レポートが遅くて使われない」。佐藤が対応を約束した",
    "Thinking about a roll-out to a second team, asked for a workshop in spring #expansion",
    "新しい担当者が着任。使い方の説明を希望、来週の火曜に一時間",
    "Renewal talk went well; they want the dashboards shared with their own customers.",
]


def notes_home(count):
    """A home of so many notes of a thousand accounts, in both languages; a few words are rare."""
    path = HOMES / f"taken-notes-{count}"
    if not (path / "cache/checked").exists():
        shutil.rmtree(path, ignore_errors=True)
        print(f"# making {count} notes", file=sys.stderr)
        table = path / "from"
        table.mkdir(parents=True)
        with (table / "kenshin-export.jsonl").open("w") as out:
            put = lambda value: out.write(json.dumps(value, ensure_ascii=False) + "\n")
            put({"kenshin_export": 1, "program": "run.py"})
            for i in range(1000):
                put({"kind": "account", "record": {"id": f"a{i:04}", "name": f"Account {i}"}})
            for i in range(count):
                at = time.strftime("%Y-%m-%dT%H:%M:00Z", time.gmtime(1_763_700_000 - i * 7_919 % 1_500_000 * 60))
                rare = f" zebra7 シマウマ 七 {i}" if i % 50_021 == 7 else ""
                text = f"{LINES[i % 5]} ({i}){rare}\n{LINES[i * 3 % 5]}"
                put({"kind": "note", "record": {"id": f"note{i:08}", "account": f"a{i % 1000:04}", "kind": "quick", "at": at, "author": "Sato", "text": text}})
        begun = time.perf_counter()
        run(path, "import", str(table), "--yes", KENSHIN_NOW=NOW)
        (path / "made").write_text(str(time.perf_counter() - begun))
        shutil.rmtree(table)
    return path


def size_of(path):
    return sum(f.stat().st_size for f in Path(path).rglob("*") if f.is_file())


def percentile(values, p):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * p / 100))]


class Desk:
    """The desk in a pseudo-terminal of 120 by 40."""

    def __init__(self, path, **more):
        self.begun = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(BIN, [str(BIN)], environment(path, **more))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.bytes = 0

    def until(self, text, limit=60):
        """Seconds from the start until a text has come."""
        seen, end = b"", time.perf_counter() + limit
        while time.perf_counter() < end:
            if select.select([self.fd], [], [], 0.5)[0]:
                seen += os.read(self.fd, 1 << 16)
                if text.encode() in seen:
                    return time.perf_counter() - self.begun
        sys.exit(f"never saw {text!r}: {seen[-2000:]!r}")

    def quiet(self, pause=0.04, limit=20):
        """Seconds until the last byte before a pause."""
        begun = last = time.perf_counter()
        while time.perf_counter() - begun < limit:
            if select.select([self.fd], [], [], pause)[0]:
                try:
                    self.bytes += len(os.read(self.fd, 1 << 16))
                except OSError:
                    return None
                last = time.perf_counter()
            else:
                break
        return last - begun

    def key(self, keys):
        """Milliseconds from the key to the last byte it brought."""
        os.write(self.fd, keys.encode())
        took = self.quiet()
        return None if took is None else took * 1000

    def status(self, name):
        text = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+)", text)[1])

    def work(self):
        """Hundredths of a second of the processor."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def calm(self, pause, limit=300):
        """Waits until it has done nothing for so many seconds."""
        worked, since, end = self.work(), time.perf_counter(), time.perf_counter() + limit
        while time.perf_counter() - since < pause and time.perf_counter() < end:
            self.quiet(0.1, 0.2)
            if self.work() != worked:
                worked, since = self.work(), time.perf_counter()

    def alive(self):
        pid, self.left = os.waitpid(self.pid, os.WNOHANG)
        return pid == 0

    def end(self):
        os.write(self.fd, b"\x1b\x1b\x11")
        self.quiet(0.2)
        for _ in range(600):
            if not self.alive():
                return
            time.sleep(0.05)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


# ---------------------------------------------------------------- in process

UNITS = {"ns": 1e-6, "µs": 1e-3, "ms": 1.0, "s": 1e3}


def desk():
    env = {**os.environ, "KENSHIN_BENCH": "large" if LARGE else "small"}
    out = subprocess.run(["cargo", "bench", "--bench", "desk", "--", *ARGS[1:]], cwd=ROOT, env=env, capture_output=True, text=True)
    if out.returncode != 0:
        sys.exit(out.stderr)
    held = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    found, group = {}, ""
    for line in out.stdout.splitlines():
        parts = [p.strip() for p in line.split("│")]
        name = re.sub(r"^[│\s]*[├╰]─\s*", "", line).split("  ")[0].strip()
        cells = re.findall(r"([\d.]+) (ns|µs|ms|s)\b", line)
        if len(cells) < 4:
            if re.match(r"^[├╰]─ \w", line):
                group = name
            continue
        nested = line.startswith(("│  ", "   "))
        fast, slow, median = (float(cells[i][0]) * UNITS[cells[i][1]] for i in (0, 1, 2))
        name = re.sub(r"\s+[\d.]+ (ns|µs|ms|s)$", "", name)
        found[f"{group} · {name}" if nested else name] = [median, fast, slow]
    print("| what | median | fastest–slowest | × baseline |\n|---|---|---|---|")
    for name, (median, fast, slow) in found.items():
        ratio = f"{median / held[name][0]:.2f}" if name in held else "new"
        print(f"| {name} | {words(median)} | {words(fast)}–{words(slow)} | {ratio} |")
    if "--save" in sys.argv:
        BASELINE.write_text(json.dumps({**held, **found}, ensure_ascii=False, indent=1) + "\n")


def words(ms):
    return f"{ms * 1e3:.1f} µs" if ms < 1 else f"{ms:.1f} ms" if ms < 1000 else f"{ms / 1000:.2f} s"


# ---------------------------------------------------------------- a start


def start():
    build()
    print("| accounts | first frame, ms | rows in place, ms | resident, MB | a key down p50 / p99, ms |\n|---|---|---|---|---|")
    for accounts in [1_000, 10_000] + ([100_000] if LARGE else []):
        path = home(accounts)
        Desk(path, KENSHIN_NOW=NOW).end()
        first, loaded, memory, keys = [], [], [], []
        for _ in range(7):
            d = Desk(path, KENSHIN_NOW=NOW)
            first.append(d.until("Kenshin") * 1000)
            os.write(d.fd, b"2")
            loaded.append(d.until("ARR ¥") * 1000)
            d.quiet(0.5)
            keys += [k for k in (d.key("j") for _ in range(60)) if k is not None]
            d.key("g")
            memory.append(d.status("VmHWM") / 1024)
            d.end()
        spread = lambda v: f"{statistics.median(v):.0f} ({min(v):.0f}–{max(v):.0f})"
        print(f"| {accounts} | {spread(first)} | {spread(loaded)} | {spread(memory)} | {percentile(keys, 50):.2f} / {percentile(keys, 99):.1f} |", flush=True)


# ---------------------------------------------------------------- memory


def memory():
    """Each way to a full desk, then everybody's month and the third after it; and the end."""
    build()
    accounts = 100_000 if LARGE else 10_000
    copy = HOMES / "memory"
    shown = lambda d: f"{d.status('VmRSS') / 1024:.0f} ({d.status('VmHWM') / 1024:.0f})"
    print("| resident (the most on the way), MB | the desk is up | the month | three months on | quit, s |\n|---|---|---|---|---|")
    ways = {
        "usual start": {"KENSHIN_NOW": NOW},
        "first start of a day": {"KENSHIN_NOW": NOW.replace("22T", "25T")},
        "after an end that was not clean": {"KENSHIN_NOW": NOW},
        "left open over midnight": None,
    }
    for way, clock in ways.items():
        shutil.rmtree(copy, ignore_errors=True)
        subprocess.run(["cp", "-a", home(accounts), copy], check=True)
        if "clean" in way:
            (copy / "cache/checked").unlink()
        d = Desk(copy, **(clock or fake_clock("@2026-11-22 23:59:20") | {"DONT_FAKE_MONOTONIC": "1"}))
        d.calm(5)
        if not clock:
            # Midnight comes meanwhile.
            d.calm(45)
        cells = [shown(d)]
        for keys in ("5", "]]]"):
            for key in keys:
                os.write(d.fd, key.encode())
                d.calm(1)
            cells.append(shown(d))
        begun = time.perf_counter()
        d.end()
        print(f"| {way} | {' | '.join(cells)} | {time.perf_counter() - begun:.1f} |", flush=True)
    asked_elsewhere(copy, accounts)


def asked_elsewhere(copy, accounts):
    """What an open desk takes to answer another terminal, and what of it stays."""
    shutil.rmtree(copy, ignore_errors=True)
    subprocess.run(["cp", "-a", home(accounts), copy], check=True)
    d = Desk(copy, KENSHIN_NOW=NOW)
    d.calm(5)
    print("\n| asked of the open desk | MB afterwards (the most meanwhile) | s | MB long |\n|---|---|---|---|")
    for asked in ("accounts", "accounts --json", "today", "signals", "signals --json", "action list", "calendar export", "backtest", "backtest --fit"):
        # From here on the kernel counts the most anew.
        Path(f"/proc/{d.pid}/clear_refs").write_text("5")
        begun = time.perf_counter()
        out = subprocess.run([BIN, *asked.split()], env=environment(copy, KENSHIN_NOW=NOW), capture_output=True)
        took = time.perf_counter() - begun
        d.calm(2)
        said = f"{len(out.stdout) / 1e6:.1f}" if out.returncode == 0 else out.stderr.decode().splitlines()[0]
        print(f"| `{asked}` | {d.status('VmRSS') / 1024:.0f} ({d.status('VmHWM') / 1024:.0f}) | {took:.1f} | {said} |", flush=True)
    d.end()


# ---------------------------------------------------------------- growth


def timed(home, *args, times=3):
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        run(home, *args, KENSHIN_NOW=NOW)
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


def growth():
    build()
    curves = {}

    def put(curve, x, y):
        curves.setdefault(curve, []).append((x, y))
        print(f"| {curve} | {x} | {y:.4g} |", flush=True)

    print("| what | size | value |\n|---|---|---|")
    for accounts in [1_000, 10_000] + ([100_000] if LARGE else []):
        path = home(accounts)
        put("store, MB, by accounts", accounts, size_of(path / "store") / 1e6)
        put("rows from the cache, s, by accounts", accounts, timed(path, "accounts", "--band", "red", "--json"))
        put("today, s, by accounts", accounts, timed(path, "today", "--json"))
        (path / "cache/rows").unlink(missing_ok=True)
        put("all scores anew, s, by accounts", accounts, timed(path, "accounts", "--band", "red", "--json", times=1))
        # The first desk after all scores were made anew reads what it keeps for the next: that one is the usual.
        Desk(path, KENSHIN_NOW=NOW).end()
        d = Desk(path, KENSHIN_NOW=NOW)
        put("first frame, s, by accounts", accounts, d.until("Kenshin"))
        os.write(d.fd, b"2")
        d.until("ARR ¥")
        d.quiet(0.5)
        put("resident, MB, by accounts", accounts, d.status("VmHWM") / 1024)
        d.end()
    for notes in [1_000, 10_000] + ([100_000, 1_000_000] if LARGE else []):
        path = notes_home(notes)
        put("notes taken in, s, by notes", notes, float((path / "made").read_text()))
        put("store, MB, by notes", notes, size_of(path / "store") / 1e6)
        run(path, "notes", "zebra7")
        put("a rare word found, s, by notes", notes, timed(path, "notes", "zebra7", "--json"))
        put("a word of every third, s, by notes", notes, timed(path, "notes", "レポート", "--json"))
        put("a note kept, s, by notes", notes, timed(path, "note", "a0001", "kept beside many"))
    for years in range(1, 6):
        path = HOMES / f"years-{years}"
        shutil.rmtree(path, ignore_errors=True)
        run(path, "demo", "--write-only", "--accounts", "200", KENSHIN_NOW=NOW)
        rows = path / "usage.csv"
        with rows.open("w") as out:
            out.write("account_id,date,DAU,logins,exports\n")
            for i in range(200):
                for day in range(365 * years):
                    date = time.strftime("%Y-%m-%d", time.gmtime(1_763_700_000 - day * 86_400))
                    out.write(f"demo-{i:05},{date},{(day * 7 + i) % 90},{(day * 3 + i) % 40},{day % 9}\n")
        begun = time.perf_counter()
        run(path, "import", str(rows), "--yes", KENSHIN_NOW=NOW)
        put("usage taken in, s, by years × 200 accounts × 3 metrics", years, time.perf_counter() - begun)
        rows.unlink()
        put("store, MB, by years of usage", years, size_of(path / "store") / 1e6)
        put("a brief, s, by years of usage", years, timed(path, "brief", "demo-00001", "--json"))
        shutil.rmtree(path)
    plot(curves)


def plot(curves):
    try:
        import matplotlib
    except ImportError:
        return print("# no plot: matplotlib is not installed", file=sys.stderr)
    matplotlib.use("svg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(13, 4.2))
    for axis, by in zip(axes, ("accounts", "notes", "years")):
        for name, points in curves.items():
            if name.rsplit(", by ", 1)[1].startswith(by):
                axis.plot(*zip(*points), marker="o", label=name.rsplit(", by ", 1)[0])
        axis.set_xlabel(by)
        if by != "years":
            axis.set_xscale("log")
        axis.set_yscale("log")
        axis.grid(True, which="both", alpha=0.2)
        axis.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(ROOT / "benches/growth.svg", metadata={"Date": None})


# ---------------------------------------------------------------- soak

HAND = ["j", "k", "j", "j", "g", "G", "\r", "\r", "\x1b", "\t", "\t", "1", "2", "3", "4", "5", "8", "h", "l", "[", "]", "p", "?", ":", "/", "u", "w"]
WRITES = [
    lambda r: ["n", f"note {r.random():.6f} レポートが遅い ! send the guide @me ^fri", "\x13"],
    lambda r: ["a", f"call back {r.random():.6f} ^12/3", "\r"],
    lambda r: ["/", r.choice(["band:red", "あおば", "renewal<90", "nor"]), "\r", "\x1b"],
    lambda r: ["\x1b/", r.choice(["budget", "遅い", "guide"]), "\x1b"],
    lambda r: ["c", "\r", "\r", f"話した内容 {r.random():.4f}", "\r", "もう一行", "\x1b[21~", "\x13", "\x13", "\x1b"],
    lambda r: ["5", "\t", "+", "u", "1"],
]


def fake_clock(time_words):
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        sys.exit("another clock needs libfaketime")
    return {"LD_PRELOAD": str(found[0]), "FAKETIME": time_words, "FAKETIME_NO_CACHE": "1", "TZ": "Asia/Tokyo"}


def fast_clock(speed):
    """The program's clock from six in the evening on, so many times as fast: a long soak sees midnight."""
    if speed == 1:
        return {}
    return fake_clock(f"@{time.strftime('%Y-%m-%d')} 18:00:00 x{speed}")


def soak():
    build()
    hours = float(ARGS[1]) if len(ARGS) > 1 else 8.0
    speed = next((int(a[8:]) for a in sys.argv if a.startswith("--speed=")), 24)
    path = HOMES / "soak"
    shutil.rmtree(path, ignore_errors=True)
    run(path, "demo", "--write-only", "--accounts", "1000")
    rng, d = random.Random(7), Desk(path, **fast_clock(speed))
    d.until("Kenshin")
    d.quiet(1.0)
    print("| hour | keys | p50, ms | p99, ms | resident, MB | store, MB | journal, MB | drafts |\n|---|---|---|---|---|---|---|---|")
    begun, slot, took, keys = time.perf_counter(), 1, [], 0
    elapsed = lambda: (time.perf_counter() - begun) * speed / 3600
    while elapsed() < hours:
        script = rng.choice(WRITES)(rng) if rng.random() < 0.12 else [rng.choice(HAND)]
        for part in script:
            t = d.key(part)
            if not d.alive() or t is None:
                sys.exit(f"the desk ended after {keys} keys, at {part!r}, status {d.left}")
            took.append(t)
            keys += 1
        # Nothing is left open for long: a hand that is lost presses Esc.
        if rng.random() < 0.06:
            d.key("\x1b\x1b\x1b")
        if elapsed() > slot * hours / 16:
            drafts = len(list((path / "drafts").glob("*"))) if (path / "drafts").exists() else 0
            print(f"| {slot * hours / 16:.1f} | {keys} | {percentile(took, 50):.2f} | {percentile(took, 99):.1f} | {d.status('VmRSS') / 1024:.1f} | {size_of(path / 'store') / 1e6:.1f} | {size_of(path / 'journal') / 1e6:.2f} | {drafts} |", flush=True)
            slot, took = slot + 1, []
    d.end()
    print(run(path, "verify").strip())
    print(run(path, "store", "stats").strip())


# ---------------------------------------------------------------- beside others


def terminal():
    build()
    harness, data = Path(ARGS[1]).resolve(), Path(ARGS[2]).resolve()
    for size in ("1k", "10k", "100k"):
        path, table = data / f"kenshin_{size}", data / f"accounts_{size}.csv"
        if table.exists() and not path.exists():
            run(path, "import", str(table), "--yes")
    for scenario in ("list", "filter"):
        text = (harness / f"scenarios/{scenario}.toml").read_text() + (ROOT / f"benches/terminal.toml").read_text()
        mixed = harness / f"scenarios/kenshin-{scenario}.toml"
        mixed.write_text(text)
        only = [a for a in sys.argv if a.startswith("--only")]
        subprocess.run([sys.executable, harness / "ptybench.py", "run", mixed, "--var", f"data={data}", "--var", f"product={BIN}", "-o", data / f"{scenario}.json", "--md", data / f"{scenario}.md", *only, *[a for a in sys.argv if a.startswith(("--var=", "--rounds"))]], check=True)


# ---------------------------------------------------------------- import


WIDE = """create table t as select 'acc-' || lpad(a::varchar, 5, '0') as account_id, date '2024-11-01' + d::int as date,
  10 + (a * 7 + d * 3) % 90 as DAU, 20 + (a * 3 + d * 7) % 140 as logins, a * d % 40 as exports, (a * 11 + d * 5) % 300
  as queries, (a + d) % 25 as reports, (a * 13 + d) % 1000 / 10.0 as minutes from range(10000) x(a), range(730) y(d)"""
ORDERS = {"account": "account_id, date", "date": "date, account_id", "shuffled": "hash(account_id || date::varchar)"}
MAKES = """import duckdb, sys
c = duckdb.connect()
for statement in sys.argv[1:]:
    c.execute(statement)"""
LOADS = """import duckdb, sys
c = duckdb.connect(sys.argv[1])
c.execute(f"create table u as select * from read_csv('{sys.argv[2]}')")
c.close()"""


def process(command, **more):
    """Seconds and most resident megabytes of a process and all it takes."""
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)
    said = child.stderr.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{command}: {said}")
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def wide_import():
    build()
    HOMES.mkdir(parents=True, exist_ok=True)
    tables = {order: HOMES / f"wide-{order}.csv" for order in ORDERS}
    names = HOMES / "wide-accounts.csv"
    if not names.exists():
        makes = [WIDE]
        makes += [f"copy (select * from t order by {by}) to '{tables[order]}' (header)" for order, by in ORDERS.items()]
        makes += [f"copy (select distinct account_id, 'Company ' || account_id as account_name from t order by 1) to '{names}' (header)"]
        # A process of its own, because what a child takes at most begins with what its parent takes.
        subprocess.run([sys.executable, "-c", MAKES, *makes], check=True)
    rows, scratch = 7_300_000, HOMES / "wide"
    empty, filled = scratch / "empty", scratch / "filled"
    shutil.rmtree(scratch, ignore_errors=True)
    run(empty, "import", str(names), "--yes", KENSHIN_NOW=NOW)
    print("| order | million rows a second | DuckDB | sqlite3 | of DuckDB | most resident, MB |\n|---|---|---|---|---|---|")
    for order, table in tables.items():
        took = {"kenshin": [], "duckdb": [], "sqlite3": []}
        most = []
        for _ in range(5):
            shutil.rmtree(filled, ignore_errors=True)
            shutil.copytree(empty, filled)
            seconds, memory = process([BIN, "import", str(table), "--yes"], env=environment(filled, KENSHIN_NOW=NOW))
            took["kenshin"].append(seconds)
            most.append(memory)
            peers = {"duckdb": [sys.executable, "-c", LOADS], "sqlite3": ["sqlite3"]}
            for peer, command in peers.items():
                base = scratch / peer
                base.unlink(missing_ok=True)
                how = {
                    "duckdb": [str(base), str(table)],
                    "sqlite3": [str(base), "-cmd", "create table u(a text, d text, m1, m2, m3, m4, m5, m6)", "-cmd", ".mode csv", f".import --skip 1 {table} u"],
                }
                took[peer].append(process([*command, *how[peer]])[0])
        ratios = [d / k for d, k in zip(took["duckdb"], took["kenshin"])]
        speed = lambda peer: spread([rows / 1e6 / t for t in took[peer]])
        print(f"| {order} | {speed('kenshin')} | {speed('duckdb')} | {speed('sqlite3')} | {spread(ratios)} | {max(most):.0f} |", flush=True)
    shutil.rmtree(scratch)


def spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def shell():
    """Short commands at 10,000 accounts, in turns with the sqlite3 shell, each a process of its own."""
    build()
    place = HOMES / "shell"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(home(10_000), place)
    all_of_them = json.loads(run(place, "accounts", "--json", KENSHIN_NOW=NOW))
    one = all_of_them[-1]["name"]
    base = HOMES / "shell.sqlite"
    base.unlink(missing_ok=True)
    rows = "".join(f"insert into a values ({json.dumps(r['id'])}, '{r['name'].replace(chr(39), '')}', '{r['band']}');" for r in all_of_them)
    made = f"create table a(id text, name text, band text); create table n(a text, t text); begin; {rows} commit;"
    subprocess.run(["sqlite3", str(base)], input=made, text=True, check=True)
    commands = {
        "`--version`": ["--version"],
        "`accounts --query NAME`": ["accounts", "--query", f"owner:nobody {one}"],
        "`accounts --band unknown`": ["accounts", "--band", "unknown"],
        "`brief NAME`": ["brief", one],
        "`health NAME`": ["health", one],
        "`today`": ["today"],
        "`note NAME TEXT`": ["note", one, "asked for a plan ! send it @me ^fri"],
    }
    peers = {
        "query": ["sqlite3", str(base), "select * from a where name like '%zzz%'"],
        "note": ["sqlite3", str(base), "insert into n values ('a', 'a note')"],
    }
    print("| command | ms | sqlite3 | times sqlite3 |\n|---|---|---|---|")
    for label, arguments in commands.items():
        peer = peers["note" if "note" in label else "query"]
        ours, theirs = [], []
        for _ in range(21):
            ours.append(1e3 * process([BIN, *arguments], env=environment(place, KENSHIN_NOW=NOW))[0])
            theirs.append(1e3 * process(peer)[0])
        ratios = [a / b for a, b in zip(ours, theirs)]
        print(f"| {label} | {spread(ours)} | {spread(theirs)} | {spread(ratios)} |", flush=True)


COMMANDS = {"shell": shell, "desk": desk, "import": wide_import, "start": start, "growth": growth, "memory": memory, "soak": soak, "terminal": terminal}

if __name__ == "__main__":
    if not ARGS or ARGS[0] not in COMMANDS:
        sys.exit(__doc__)
    COMMANDS[ARGS[0]]()

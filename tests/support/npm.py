"""Packages of npm, by a lock file, for tests in JavaScript: nothing of them is kept beside the sources."""
import pathlib
import shutil
import subprocess


def installed(folder, build):
    """Installs what FOLDER/package-lock.json names below the build tree; gives the folder that has node_modules.

    Safe to repeat, and quick where the lock file has not changed. Raises where the registry does not answer.
    """
    folder, here = pathlib.Path(folder), pathlib.Path(build) / "npm" / pathlib.Path(folder).name
    lock = (folder / "package-lock.json").read_bytes()
    done = here / "installed-lock.json"
    if done.exists() and done.read_bytes() == lock:
        return here
    here.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(folder / name, here / name)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=here, check=True)
    done.write_bytes(lock)
    return here

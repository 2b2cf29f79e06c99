# SPDX-License-Identifier: Apache-2.0
# docker build .            the small image that runs
# docker build --target build .   stops before the tests
# An image that was built has passed the unit tests: the last stage copies from the one that ran them.

FROM debian:bookworm-slim AS build
WORKDIR /source
COPY scripts/setup.sh scripts/setup.sh
RUN scripts/setup.sh build && rm -rf /var/lib/apt/lists/*
COPY CMakeLists.txt CMakePresets.json ./
COPY cmake cmake
COPY src src
COPY tests tests
RUN cmake --preset release && cmake --build --preset release

FROM build AS tests
COPY config config
COPY docs docs
RUN ctest --preset release -LE "budget|slow" && strip -o /sekisho build/release/sekisho

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="sekisho" \
      org.opencontainers.image.description="Sign-in by OpenID Connect in front of an application that knows nothing of it" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY scripts/setup.sh /tmp/setup.sh
RUN /tmp/setup.sh run && rm -rf /tmp/setup.sh /var/lib/apt/lists/* /var/cache/apt/* /var/log/*.log /var/log/apt \
    && groupadd --gid 10001 sekisho && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin sekisho
COPY --from=tests /sekisho /usr/local/bin/sekisho
USER 10001:10001
ENV SERVER_LISTEN=:8080 ADMIN_LISTEN=:9090
EXPOSE 8080 9090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["sekisho", "health"]
ENTRYPOINT ["sekisho"]
CMD ["serve"]

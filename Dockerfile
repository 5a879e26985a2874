FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/kesan ./cmd/kesan \
 && mkdir /out/data

# Certificates for TLS to a store, a user that is not root, and nothing to run but Kesan. Time zones are in the binary.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/kesan /kesan
COPY --from=build --chown=65532:65532 /out/data /data

# In the environment, not as flags, so that the health check and every `docker exec ... /kesan COMMAND` see the same.
ENV KESAN_ADDR=0.0.0.0:8080 \
    KESAN_DATA=/data
EXPOSE 8080
VOLUME /data
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["/kesan", "healthcheck"]
ENTRYPOINT ["/kesan"]
CMD ["serve"]

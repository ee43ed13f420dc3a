package io.portolan.ftp.client.internal;

import io.portolan.ftp.client.ProxyType;
import java.util.Optional;

/** A proxy, and who one is to it. */
public record ProxyAddress(ProxyType type, String host, int port, Optional<LoginData> login) {}

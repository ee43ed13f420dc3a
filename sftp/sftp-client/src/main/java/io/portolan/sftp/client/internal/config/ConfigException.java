package io.portolan.sftp.client.internal.config;

import java.io.IOException;

/** Settings that make no sense, or that we cannot keep to. */
public final class ConfigException extends IOException {

    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}

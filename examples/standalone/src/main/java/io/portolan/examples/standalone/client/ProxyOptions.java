package io.portolan.examples.standalone.client;

import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.ProxyType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Through which proxy to go. None is taken from the environment. */
final class ProxyOptions {

    private static final Pattern PROXY = Pattern.compile(
            "(socks4|socks5|http)://(?:([^@:/]+)@)?(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):([0-9]{1,5})/?");

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description = "Go through a proxy: socks5://, socks4:// or http:// (CONNECT), [USER@]HOST:PORT.")
    @Nullable
    String proxy;

    @Option(
            names = "--proxy-password-file",
            paramLabel = "FILE",
            description = "File whose first line is the proxy's password.")
    @Nullable
    Path passwordFile;

    void apply(FtpClient.Builder client) throws IOException {
        if (proxy == null) {
            return;
        }
        Matcher parts = PROXY.matcher(proxy);
        if (!parts.matches()) {
            // not repeated, as a password could be in it
            throw new ParameterException(
                    command.commandLine(),
                    "--proxy: is not socks5://, socks4:// or http:// [USER@]HOST:PORT; a password goes to --proxy-password-file");
        }
        ProxyType type = switch (parts.group(1)) {
            case "socks4" -> ProxyType.SOCKS4;
            case "socks5" -> ProxyType.SOCKS5;
            default -> ProxyType.HTTP_CONNECT;
        };
        String host = parts.group(3).replaceAll("[\\[\\]]", "");
        int port = Integer.parseInt(parts.group(4));
        try {
            if (parts.group(2) == null) {
                client.proxy(type, host, port);
            } else {
                client.proxy(type, host, port, Percent.decode(parts.group(2)), password());
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--proxy: " + e.getMessage());
        }
    }

    private String password() throws IOException {
        if (passwordFile == null) {
            return "";
        }
        try (Stream<String> lines = Files.lines(passwordFile, StandardCharsets.UTF_8)) {
            return lines.findFirst().orElse("");
        }
    }
}

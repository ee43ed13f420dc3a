package io.portolan.examples.standalone.client;

import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.ProxyType;
import io.portolan.sftp.client.SftpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

    /** What was chosen, for whichever client. */
    private record Chosen(String type, String host, int port, Optional<String> user) {}

    void apply(FtpClient.Builder client) throws IOException {
        Optional<Chosen> chosen = chosen();
        if (chosen.isEmpty()) {
            return;
        }
        Chosen proxy = chosen.get();
        ProxyType type = switch (proxy.type()) {
            case "socks4" -> ProxyType.SOCKS4;
            case "socks5" -> ProxyType.SOCKS5;
            default -> ProxyType.HTTP_CONNECT;
        };
        try {
            if (proxy.user().isEmpty()) {
                client.proxy(type, proxy.host(), proxy.port());
            } else {
                client.proxy(type, proxy.host(), proxy.port(), proxy.user().get(), password());
            }
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    void apply(SftpClient.Builder client) throws IOException {
        Optional<Chosen> chosen = chosen();
        if (chosen.isEmpty()) {
            return;
        }
        Chosen proxy = chosen.get();
        io.portolan.sftp.client.ProxyType type = switch (proxy.type()) {
            case "socks4" -> io.portolan.sftp.client.ProxyType.SOCKS4;
            case "socks5" -> io.portolan.sftp.client.ProxyType.SOCKS5;
            default -> io.portolan.sftp.client.ProxyType.HTTP_CONNECT;
        };
        try {
            if (proxy.user().isEmpty()) {
                client.proxy(type, proxy.host(), proxy.port());
            } else {
                client.proxy(type, proxy.host(), proxy.port(), proxy.user().get(), password());
            }
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Chosen> chosen() {
        if (proxy == null) {
            return Optional.empty();
        }
        Matcher parts = PROXY.matcher(proxy);
        if (!parts.matches()) {
            // not repeated, as a password could be in it
            throw wrong(
                    "is not socks5://, socks4:// or http:// [USER@]HOST:PORT; a password goes to --proxy-password-file");
        }
        String host = parts.group(3).replaceAll("[\\[\\]]", "");
        try {
            Optional<String> user = Optional.ofNullable(parts.group(2)).map(Percent::decode);
            return Optional.of(new Chosen(parts.group(1), host, Integer.parseInt(parts.group(4)), user));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String words) {
        return new ParameterException(command.commandLine(), "--proxy: " + words);
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

package io.portolan.examples.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists a folder over one control connection. Not curl: version 7.88 sleeps for a second whenever the reply to EPSV is there before it looks, and a fast server on
 * the same machine is measured by that.
 */
public final class Lister implements AutoCloseable {

    private static final Pattern PASSIVE = Pattern.compile("\\((\\d+),(\\d+),(\\d+),(\\d+),(\\d+),(\\d+)\\)");
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket control;
    private final BufferedReader replies;
    private final byte[] buffer = new byte[128 * 1024];

    /** Connects and logs in. */
    public Lister(InetSocketAddress server, String user, String password) throws IOException {
        control = new Socket();
        control.setTcpNoDelay(true);
        control.setSoTimeout(TIMEOUT_MILLIS);
        control.connect(server, TIMEOUT_MILLIS);
        replies = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
        expect('2');
        say("USER " + user, '3');
        say("PASS " + password, '2');
        say("TYPE A", '2');
    }

    /**
     * Lists once: from PASV to the last reply.
     *
     * @param folder the folder
     * @return how many lines came
     */
    public int list(String folder) throws IOException {
        Matcher port = PASSIVE.matcher(say("PASV", '2'));
        if (!port.find()) {
            throw new IOException("no address in the reply to PASV");
        }
        int lines = 0;
        int number = Integer.parseInt(port.group(5)) << 8 | Integer.parseInt(port.group(6));
        try (Socket data = new Socket()) {
            data.setSoTimeout(TIMEOUT_MILLIS);
            data.connect(new InetSocketAddress(control.getInetAddress(), number), TIMEOUT_MILLIS);
            say("LIST " + folder, '1');
            InputStream in = data.getInputStream();
            int length;
            while ((length = in.read(buffer)) >= 0) {
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '\n') {
                        lines++;
                    }
                }
            }
        }
        expect('2');
        return lines;
    }

    private String say(String command, char firstDigit) throws IOException {
        control.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return expect(firstDigit);
    }

    private String expect(char firstDigit) throws IOException {
        String line = replies.readLine();
        while (line != null && (line.length() < 4 || line.charAt(3) == '-' || !Character.isDigit(line.charAt(0)))) {
            line = replies.readLine();
        }
        if (line == null || line.charAt(0) != firstDigit) {
            throw new IOException("expected " + firstDigit + "xx, got " + line);
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        control.close();
    }
}

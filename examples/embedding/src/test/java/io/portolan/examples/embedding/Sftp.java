package io.portolan.examples.embedding;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A client for one file. */
final class Sftp {

    private Sftp() {}

    static String get(int port, String path) throws Exception {
        Session session = new JSch().getSession("alice", "127.0.0.1", port);
        session.setPassword("secret".getBytes(StandardCharsets.UTF_8));
        session.setConfig("StrictHostKeyChecking", "no");
        session.connect();
        try {
            ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
            channel.connect();
            try (InputStream in = channel.get(path)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } finally {
            session.disconnect();
        }
    }
}

package io.portolan.sftp.client.testing;

import io.portolan.sftp.client.testing.NastyServer.Peer;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.List;

/** Lets everybody in who has a password, and opens channels; tests override the step in which they are nasty. */
public class PoliteScript implements NastyServer.Script {

    protected static final int SERVICE_REQUEST = 5;
    protected static final int SERVICE_ACCEPT = 6;
    protected static final int USERAUTH_REQUEST = 50;
    protected static final int USERAUTH_FAILURE = 51;
    protected static final int USERAUTH_SUCCESS = 52;
    protected static final int USERAUTH_BANNER = 53;
    protected static final int METHOD_MESSAGE = 60;
    protected static final int INFO_RESPONSE = 61;
    protected static final int GLOBAL_REQUEST = 80;
    protected static final int CHANNEL_OPEN = 90;
    protected static final int OPEN_CONFIRMATION = 91;
    protected static final int CHANNEL_DATA = 94;
    protected static final int CHANNEL_REQUEST = 98;
    protected static final int CHANNEL_SUCCESS = 99;

    @Override
    public void received(Peer peer, byte[] payload) throws Exception {
        SshReader reader = new SshReader(payload, 1, payload.length - 1);
        switch (payload[0]) {
            case SERVICE_REQUEST -> service(peer);
            case USERAUTH_REQUEST -> {
                reader.readString();
                reader.readString();
                request(peer, reader.readName(), reader);
            }
            case INFO_RESPONSE -> answers(peer, reader);
            case CHANNEL_OPEN -> {
                reader.readString();
                open(peer, reader.readUint32());
            }
            case CHANNEL_REQUEST -> channelRequest(peer, reader.readUint32());
            case CHANNEL_DATA -> data(peer);
            default -> other(peer, payload);
        }
    }

    protected void service(Peer peer) {
        peer.send(message(SERVICE_ACCEPT).writeString("ssh-userauth"));
    }

    protected void request(Peer peer, String method, SshReader reader) throws Exception {
        if (method.equals("none")) {
            refuse(peer, "password");
        } else {
            letIn(peer);
        }
    }

    protected void answers(Peer peer, SshReader reader) throws Exception {
        letIn(peer);
    }

    protected static void letIn(Peer peer) {
        peer.send(message(USERAUTH_SUCCESS));
        peer.transport().authenticated();
    }

    protected static void refuse(Peer peer, String... methods) {
        peer.send(message(USERAUTH_FAILURE).writeNameList(List.of(methods)).writeBoolean(false));
    }

    protected void open(Peer peer, long channel) {
        peer.send(message(OPEN_CONFIRMATION)
                .writeUint32(channel)
                .writeUint32(7)
                .writeUint32(1 << 20)
                .writeUint32(1 << 15));
    }

    /** The client's number of the channel is 0 as long as it has one only. */
    protected void channelRequest(Peer peer, long channel) {
        peer.send(message(CHANNEL_SUCCESS).writeUint32(0));
    }

    /** Whatever it is, the answer is VERSION 3 of SFTP: it is the right one to the first. */
    protected void data(Peer peer) {
        peer.send(message(CHANNEL_DATA).writeUint32(0).writeString(new byte[] {0, 0, 0, 5, 2, 0, 0, 0, 3}));
    }

    protected void other(Peer peer, byte[] payload) {
        // nothing
    }

    protected static SshWriter message(int number) {
        return new SshWriter().writeByte(number);
    }
}

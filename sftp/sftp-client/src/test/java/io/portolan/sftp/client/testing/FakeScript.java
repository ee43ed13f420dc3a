package io.portolan.sftp.client.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.portolan.sftp.client.testing.NastyServer.Peer;
import io.portolan.ssh.internal.wire.SshReader;

/** Serves a {@link FakeServer} in the first channel of a connection over a real socket. */
public final class FakeScript extends PoliteScript {

    private final FakeServer server;

    public FakeScript(FakeServer server) {
        this.server = server;
    }

    @Override
    public void ready(Peer peer) {
        server.toClient(new TestServer.Line() {
            @Override
            public void send(ByteBuf data) {
                peer.send(message(CHANNEL_DATA).writeUint32(0).writeString(ByteBufUtil.getBytes(data)));
                data.release();
            }

            @Override
            public void close() {
                peer.close();
            }
        });
    }

    @Override
    public void received(Peer peer, byte[] payload) throws Exception {
        if (payload[0] == CHANNEL_DATA) {
            SshReader reader = new SshReader(payload, 1, payload.length - 1);
            reader.readUint32();
            server.fromClient(Unpooled.wrappedBuffer(reader.readString()));
        } else {
            super.received(peer, payload);
        }
    }
}

package io.portolan.ftp.server.internal;

import io.portolan.ftp.server.ControlProtection;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.PassivePorts;
import io.portolan.ports.HostFacts;
import io.portolan.ports.PortNeed;
import io.portolan.ports.PortPlan;
import io.portolan.ports.PortPlanner;
import io.portolan.ports.PortRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalInt;

/** The ports of an FTP server: one or two for commands, one or any to connect from, some to be connected to (RFC 959 §3.2 and §4.1.2). */
public final class FtpPortPlan {

    private static final String PROTOCOL = "FTP";

    /** TLS from the first octet; FTP that becomes TLS by AUTH needs the ports of FTP. */
    private static final String IMPLICIT = "FTPS";

    /** Somebody on the Internet, for what PASV announces to those: an address that nobody has (RFC 5737 §3). */
    private static final byte[] OUTSIDE = {(byte) 203, 0, 113, 1};

    private FtpPortPlan() {}

    /**
     * Makes the plan.
     *
     * @param config the settings
     * @param controlPort the port of the control connection: the real one, or what was asked for
     * @param implicitPort the port of control connections that are protected from the start, likewise, if there is one
     * @param host what the operating system does with ports
     */
    public static PortPlan of(FtpServerConfig config, int controlPort, OptionalInt implicitPort, HostFacts host) {
        InetAddress address = config.bindAddress().getAddress();
        boolean onlyImplicit = config.controlProtection() == ControlProtection.IMPLICIT;
        PortPlanner planner = new PortPlanner(host);
        planner.need(control(onlyImplicit, address, controlPort));
        if (implicitPort.isPresent()) {
            planner.need(control(true, address, implicitPort.getAsInt()));
        }
        PassivePorts passive = config.passivePorts();
        planner.sharedRange(
                PortNeed.listening("passive data", PROTOCOL, address, new PortRange(passive.first(), passive.last())),
                config.limits().perAddress());
        planner.need(activeData(onlyImplicit, address, config.activeDataPort()));
        if (implicitPort.isPresent()) {
            planner.need(activeData(true, address, config.implicitActiveDataPort()));
        }
        // A client never reaches us by the wildcard.
        InetAddress reached = address.isAnyLocalAddress() ? outside() : address;
        config.publicAddress()
                .announce(reached, outside())
                .ifPresent(announced -> planner.announced(announced, address));
        return planner.plan();
    }

    private static PortNeed control(boolean implicit, InetAddress address, int port) {
        return implicit
                ? PortNeed.listening("control", IMPLICIT, "ftps", FtpServerConfig.IMPLICIT_PORT, address, port)
                : PortNeed.listening("control", PROTOCOL, "ftp", FtpServerConfig.STANDARD_PORT, address, port);
    }

    private static PortNeed activeData(boolean implicit, InetAddress address, int port) {
        return implicit
                ? PortNeed.connecting(
                        "active data", IMPLICIT, "ftps-data", FtpServerConfig.IMPLICIT_DATA_PORT, address, port)
                : PortNeed.connecting(
                        "active data", PROTOCOL, "ftp-data", FtpServerConfig.STANDARD_DATA_PORT, address, port);
    }

    private static InetAddress outside() {
        try {
            return InetAddress.getByAddress(OUTSIDE);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}

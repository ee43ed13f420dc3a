package io.portolan.examples.benchmarks.peer;

/** What a server speaks. Those of one protocol are compared with each other, and run while those of the other do not. */
public enum Protocol {
    /** FTP, and with TLS. */
    FTP('2'),
    /** SFTP over SSH. */
    SFTP('S');

    private final char greeting;

    Protocol(char greeting) {
        this.greeting = greeting;
    }

    /** The first character of what a server says of its own accord. */
    char greeting() {
        return greeting;
    }
}

package io.portolan.sftp.server.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Whatever is logged as a warning or worse while it is open. A client that behaves badly is not worth one. */
final class LoggedFailures extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Logger root;

    LoggedFailures() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        setContext(context);
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            events.add(event.getLoggerName() + ": " + event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : " " + event.getThrowableProxy().getClassName()));
        }
    }

    List<String> events() {
        return events;
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}

enum ApplicationHold {}

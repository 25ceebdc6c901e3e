import ArgumentParser
import Application
print("x")

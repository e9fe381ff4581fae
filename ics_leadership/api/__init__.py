"""The REST API: what every resource has in common. Which there are is said by the apps."""

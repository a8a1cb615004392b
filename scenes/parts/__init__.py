"""Pictures that two scenes or more use, by kind; each is made from numbers and a theme."""
